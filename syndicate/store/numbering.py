"""Numbers that are given once, also by a store that was put back to before it gave them.

An edition's stands in letters, in the address of its page and in the folder of its messages: given again,
"view in browser" would show another edition than the one that was mailed. A subscription's stands, signed, in
the links of its letters: given again, a link would take somebody else off the list.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from syndicate.store import meta
from syndicate.store.tables import edition, subscription

#: Whose numbers readers hold in their hands.
_TABLES = {table.name: table for table in (edition, subscription)}


def highest(connection: sa.Connection) -> dict[str, int]:
    """Give the last number of each table; 0 where there is none."""
    return {name: _highest(connection, table) for name, table in _TABLES.items()}


def go_on_after(connection: sa.Connection, given: Mapping[str, int]) -> None:
    """Give none of these numbers of each table again, nor any below."""
    for name, table in _TABLES.items():
        number = given.get(name, 0)
        if number <= _highest(connection, table):
            continue
        if connection.dialect.name == "sqlite":  # it counts on from the highest number there is
            meta.write(connection, _key(table), str(number))
        else:
            sequence = sa.func.pg_get_serial_sequence(name, "id")
            connection.execute(sa.select(sa.func.setval(sequence, number)))


def beyond(connection: sa.Connection, table: sa.Table) -> int | None:
    """Give the next number where SQLite would give one again; ``None`` where it counts rightly by itself."""
    given = meta.read(connection, _key(table)) if connection.dialect.name == "sqlite" else None
    if given is None or int(given) < _highest(connection, table):
        return None
    return int(given) + 1


def _key(table: sa.Table) -> str:
    return f"{table.name}.given"


def _highest(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
