"""The embedded store's newest form, as text: made of ``tables`` once, and not each time a store begins.

SQLAlchemy takes 10 ms to put it into words, of the first impression this program makes. A test holds
``newest.sql`` equal to ``text``, and writes it anew when it is asked to.
"""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from syndicate.store.migrations import HEAD

FILE = Path(__file__).with_name("newest.sql")
_END = ";\n\n"


def make(connection: sa.Connection) -> None:
    """Make every table of an empty embedded store, in the caller's transaction."""
    for statement in FILE.read_text(encoding="ascii").split(_END)[:-1]:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (HEAD,))


def text(metadata: sa.MetaData) -> str:
    """Give what ``newest.sql`` has to be for these tables."""
    return "".join(f"{each}{_END}" for each in _statements(metadata))


def _statements(metadata: sa.MetaData) -> Iterator[str]:
    for table in metadata.sorted_tables:
        yield _words(CreateTable(table))
        yield from sorted(_words(CreateIndex(each)) for each in table.indexes)
    yield "CREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL PRIMARY KEY\n)"


def _words(element: DDLElement) -> str:
    lines = str(element.compile(dialect=sqlite.dialect())).strip().splitlines()
    return "\n".join(each.rstrip().replace("\t", "    ") for each in lines)
