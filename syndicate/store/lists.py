"""Lists that have started, and what there is on lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.edition import EditionState
from syndicate.model.post import ArrivalNumber
from syndicate.model.subscriber import SubscriptionState
from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import edition, list_, subscription

#: Editions of which nothing more comes.
_OVER = (
    EditionState.SENT,
    EditionState.SENT_WITH_EXCEPTIONS,
    EditionState.SKIPPED,
    EditionState.CANCELLED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What a list still has to do."""

    name: str
    #: Confirmed subscriptions.
    readers: int
    #: Editions that aren't over.
    editions: int


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


def burdens(connection: sa.Connection, *, besides: Collection[str]) -> list[Burden]:
    """Give every list that has readers or open editions, by name, but those in ``besides``."""
    one, none = sa.literal(1), sa.literal(0)
    readers = sa.select(
        subscription.c.list.label("name"), one.label("readers"), none.label("editions")
    ).where(subscription.c.state == SubscriptionState.CONFIRMED, subscription.c.list.not_in(besides))
    editions = sa.select(edition.c.list, none, one).where(
        edition.c.state.not_in(_OVER), edition.c.list.not_in(besides)
    )
    found = readers.union_all(editions).subquery()
    counted = sa.select(found.c.name, sa.func.sum(found.c.readers), sa.func.sum(found.c.editions))
    rows = connection.execute(counted.group_by(found.c.name))
    return sorted(
        (Burden(name=name, readers=readers, editions=editions) for name, readers, editions in rows),
        key=lambda each: each.name,
    )
