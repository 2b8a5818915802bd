"""Many rows at once, handed to the driver as it wants them.

``Connection.execute`` makes a dictionary for each row and asks every column of it anew what to do: for the
posts of a first pass that is as much work as SQLite's own. Traps, each of which a test holds shut: a driver
takes either names or places, in the order of the statement and not of the row; what a column's type does to
a value on its way is left to us; and without ``for_executemany`` a statement may ask for the new rows' keys.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa


def insert_all(connection: sa.Connection, statement: sa.Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run an INSERT for ``rows``, as ``connection.execute`` would; each has a value for the same columns."""
    if not rows:
        return
    dialect = connection.dialect
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(rows[0]), for_executemany=True)
    names = compiled.positiontup or list(compiled.params)
    by_column = ([row[name] for row in rows] for name in names)
    changes = _changes(statement, names, dialect)
    columns = (
        map(change, values) if change else values for change, values in zip(changes, by_column, strict=True)
    )
    places = zip(*columns, strict=True)
    if compiled.positional:
        connection.exec_driver_sql(str(compiled), list(places))
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(names, row, strict=True)) for row in places])


def _changes(statement: sa.Insert, names: Sequence[str], dialect: sa.Dialect) -> list[Any]:
    """Give what the type of each column makes of a value for this driver; ``None`` where that is nothing."""
    types = (statement.table.c[name].type for name in names)
    return [each.dialect_impl(dialect).bind_processor(dialect) for each in types]
