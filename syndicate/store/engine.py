"""The one place that knows how SQLite and PostgreSQL differ before a statement is run."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DatabaseError, InternalError, OperationalError

from syndicate.errors import StoreError

#: The execution option of a connection that only reads.
_READING = "syndicate_reading"


def connect(url: str) -> sa.Engine:
    """Give an engine for ``sqlite:///…`` or ``postgresql+psycopg://…``; nothing is opened yet."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, connect_args={"timeout": 30})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    else:
        engine = sa.create_engine(url, pool_pre_ping=True)
    event.listen(engine, "handle_error", _in_one_line)
    return engine


def sqlite_url(path: Path) -> str:
    """Give the address of the embedded store at ``path``."""
    return f"sqlite:///{path}"


def _in_one_line(context: ExceptionContext) -> None:
    """Turn trouble with the store itself (disk full, server gone) into the one line a user gets."""
    error = context.sqlalchemy_exception
    if not isinstance(error, OperationalError | InternalError) and type(error) is not DatabaseError:
        return
    where = "store" if context.engine is None else context.engine.url.render_as_string(hide_password=True)
    reason = str(context.original_exception).strip().splitlines()[0].lower()
    raise StoreError(
        f"{where}: the store can't be used ({reason}); {_remedy(reason)}, and run again"
    ) from context.original_exception


def _remedy(reason: str) -> str:
    """Give what to do; a backup is named only where nothing less helps, for it takes the memory back."""
    if "full" in reason or "no space" in reason:
        return "free the disk, nothing is lost"
    if "malformed" in reason or "not a database" in reason:
        return "restore a backup (`syndicate db restore --help`)"
    if "readonly" in reason or "unable to open" in reason or "permission" in reason:
        return "correct its owner and permissions"
    return "mend the cause"


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # FULL: a power cut loses nothing that was committed; measured at 0-14 % of the sending rate.
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        # Only a new store takes it from here: posts leave a third of SQLite's own 4,096 bytes empty.
        "page_size=8192",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        # In KB, taken as needed: with SQLite's 2,000 a first pass's pages are written and read twice.
        "cache_size=-8000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    if connection.get_execution_options().get(_READING):
        return  # SQLAlchemy announces a "begin" for an autocommitting connection too
    # A deferred transaction that reads first and writes later fails at once when another writer came between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection that takes no write lock; each statement sees the latest commit."""
    with engine.connect() as connection:
        yield connection.execution_options(**_reading_options(connection))


def _reading_options(connection: sa.Connection) -> dict[str, Any]:
    # Autocommit would forbid PostgreSQL the cursors that large answers are streamed by, and would hand
    # sqlite3's implicit BEGIN back to the pool.
    return {_READING: True} if connection.dialect.name == "sqlite" else {"postgresql_readonly": True}


def insert_or_ignore(connection: sa.Connection, table: sa.Table) -> Any:  # noqa: ANN401 - the two dialects' Insert share no base that has on_conflict
    """Give an INSERT that leaves an existing row alone (``ON CONFLICT DO NOTHING``)."""
    return _insert(connection, table).on_conflict_do_nothing()


def upsert(connection: sa.Connection, table: sa.Table, *, keep: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - as above
    """Give an INSERT that overwrites the row of the same primary key, but for the columns in ``keep``."""
    statement = _insert(connection, table)
    keys = [column.name for column in table.primary_key]
    fresh = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in {*keys, *keep}}
    return statement.on_conflict_do_update(index_elements=keys, set_=fresh)


def refresh(
    connection: sa.Connection, table: sa.Table, *, by: tuple[str, ...], fresh: tuple[str, ...], counted: str
) -> Any:  # noqa: ANN401 - as above
    """Give an INSERT that renews ``fresh`` in the row of the same ``by``, and counts it in ``counted``."""
    statement = _insert(connection, table)
    renewed = {name: statement.excluded[name] for name in fresh}
    return statement.on_conflict_do_update(
        index_elements=list(by), set_={**renewed, counted: table.c[counted] + 1}
    )


def _insert(connection: sa.Connection, table: sa.Table) -> Any:  # noqa: ANN401 - as above
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
