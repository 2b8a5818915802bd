"""Lists that have started."""

from datetime import datetime

import sqlalchemy as sa

from syndicate.model.post import ArrivalNumber
from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import list_


def start_arrival(connection: sa.Connection, name: str) -> ArrivalNumber | None:
    """Give the arrival a list's first readers were served up to; ``None`` before it starts."""
    found: int | None = connection.scalar(sa.select(list_.c.start_arrival).where(list_.c.name == name))
    return None if found is None else ArrivalNumber(found)


def start(
    connection: sa.Connection, name: str, *, start_arrival: ArrivalNumber, started_at: datetime
) -> bool:
    """Write that a list has started; give ``False`` when it had already."""
    statement = insert_or_ignore(connection, list_).values(
        name=name, start_arrival=start_arrival, started_at=started_at
    )
    return bool(connection.execute(statement).rowcount)
