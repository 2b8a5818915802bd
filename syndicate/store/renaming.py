"""A list under another name."""

import sqlalchemy as sa

from syndicate.store.tables import edition, list_, schedule, subscription

#: Everything that knows a list by its name.
_COLUMNS = (list_.c.name, subscription.c.list, schedule.c.list, edition.c.list)


def known(connection: sa.Connection, name: str) -> bool:
    """Give whether anything is kept under a list's name."""
    return any(_holds(connection, column, name) for column in _COLUMNS)


def rename(connection: sa.Connection, old: str, new: str) -> None:
    """Move everything of a list to a name that nothing is kept under."""
    for column in _COLUMNS:
        connection.execute(sa.update(column.table).where(column == old).values({column.name: new}))


def _holds(connection: sa.Connection, column: sa.Column[str], name: str) -> bool:
    return bool(connection.scalar(sa.select(sa.exists().where(column == name))))
