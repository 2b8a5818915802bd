"""Subscribers on lists."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.model.post import ArrivalNumber
from syndicate.model.subscriber import (
    Address,
    Subscriber,
    SubscriberId,
    Subscription,
    SubscriptionId,
    SubscriptionState,
)
from syndicate.store import numbering
from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import subscriber, subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The readers of a list whom one of its cadences reaches."""

    list_name: str
    #: ``None`` reaches every reader, whatever their cadence.
    cadence: str | None = None
    #: The list's other cadences, where ``cadence`` is its first: who chose none of them follows the first.
    others: tuple[str, ...] = ()
    first: bool = False
    states: tuple[SubscriptionState, ...] = (SubscriptionState.CONFIRMED,)

    def criterion(self) -> sa.ColumnElement[bool]:
        """Give the condition on ``subscription``: in these states, on the list, and following the cadence."""
        on_list = sa.and_(subscription.c.list == self.list_name, subscription.c.state.in_(self.states))
        if self.cadence is None:
            return on_list
        if self.first:
            follows = sa.or_(subscription.c.cadence.is_(None), subscription.c.cadence.not_in(self.others))
            return sa.and_(on_list, follows)
        return sa.and_(on_list, subscription.c.cadence == self.cadence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A subscription as the freeze needs it."""

    id: SubscriptionId
    cursor: ArrivalNumber | None
    topics: tuple[str, ...] | None


def cursors(
    connection: sa.Connection,
    audience: Audience,
    *,
    after: SubscriptionId,
    through: SubscriptionId,
    limit: int,
) -> list[Cursor]:
    """Give the audience's next ``limit`` subscriptions by id, ``after`` < id <= ``through``."""
    return _cursors(connection, _page(audience, after, through).limit(limit))


def lock_cursors(
    connection: sa.Connection,
    audience: Audience,
    *,
    after: SubscriptionId,
    through: SubscriptionId,
    limit: int,
) -> list[Cursor]:
    """Give the same, and keep everybody else from changing them before the transaction ends."""
    return _cursors(connection, _page(audience, after, through).limit(limit).with_for_update())


def _page(audience: Audience, after: SubscriptionId, through: SubscriptionId) -> sa.Select[Any]:
    return (
        sa.select(subscription.c.id, subscription.c.cursor, subscription.c.topics)
        .where(audience.criterion(), subscription.c.id > after, subscription.c.id <= through)
        .order_by(subscription.c.id)
    )


def _cursors(connection: sa.Connection, query: sa.Select[Any]) -> list[Cursor]:
    return [
        Cursor(id=SubscriptionId(row.id), cursor=row.cursor, topics=_topics(row.topics))
        for row in connection.execute(query)
    ]


def lowest_cursor(connection: sa.Connection, audience: Audience) -> ArrivalNumber | None:
    """Give the arrival up to which the whole audience is served; ``None`` where there is nobody."""
    lowest = sa.select(sa.func.min(sa.func.coalesce(subscription.c.cursor, 0))).where(audience.criterion())
    found: int | None = connection.scalar(lowest)
    return None if found is None else ArrivalNumber(found)


def highest_id(connection: sa.Connection) -> SubscriptionId:
    """Give the last subscription there is; 0 when there is none."""
    return SubscriptionId(connection.scalar(sa.select(sa.func.max(subscription.c.id))) or 0)


def reached(connection: sa.Connection, audience: Audience) -> int:
    """Count the audience."""
    return connection.execute(sa.select(sa.func.count()).where(audience.criterion())).scalar_one()


def advance(
    connection: sa.Connection, ids: Collection[SubscriptionId], *, to: ArrivalNumber, at: datetime
) -> None:
    """Say that these subscriptions are served up to ``to``; a cursor never goes back."""
    behind = sa.or_(subscription.c.cursor.is_(None), subscription.c.cursor < to)
    connection.execute(
        sa.update(subscription).where(subscription.c.id.in_(ids), behind).values(cursor=to, changed_at=at)
    )


def start(connection: sa.Connection, list_name: str, *, cursor: ArrivalNumber) -> int:
    """Set the cursor of everybody who was on the list before it started; give how many they are."""
    statement = (
        sa.update(subscription)
        .where(subscription.c.list == list_name, subscription.c.cursor.is_(None))
        .values(cursor=cursor)
    )
    return connection.execute(statement).rowcount


def states(
    connection: sa.Connection, list_name: str, subscriber_ids: Collection[SubscriberId]
) -> Mapping[SubscriberId, SubscriptionState]:
    """Give the state of each of these people on the list; who is not on it is not in it."""
    query = sa.select(subscription.c.subscriber_id, subscription.c.state).where(
        subscription.c.list == list_name, subscription.c.subscriber_id.in_(subscriber_ids)
    )
    return {
        SubscriberId(row.subscriber_id): SubscriptionState(row.state) for row in connection.execute(query)
    }


def numbers(
    connection: sa.Connection, list_name: str, subscriber_ids: Collection[SubscriberId]
) -> list[SubscriptionId]:
    """Give these people's subscriptions to the list, by id."""
    query = sa.select(subscription.c.id).where(
        subscription.c.list == list_name, subscription.c.subscriber_id.in_(subscriber_ids)
    )
    return [SubscriptionId(each) for each in connection.scalars(query.order_by(subscription.c.id))]


def add(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> set[SubscriberId]:
    """Write subscriptions; give whose are new. Keys are the table's columns; one that is there stays."""
    statement = insert_or_ignore(connection, subscription).returning(subscription.c.subscriber_id)
    first = numbering.beyond(connection, subscription)
    numbered = rows if first is None else [{"id": first + at, **row} for at, row in enumerate(rows)]
    return {SubscriberId(each) for each in connection.execute(statement, list(numbered)).scalars()}


def confirm(  # noqa: PLR0913 - the columns
    connection: sa.Connection,
    list_name: str,
    subscriber_ids: Collection[SubscriberId],
    *,
    cursor: ArrivalNumber | None,
    consent: str,
    at: datetime,
) -> None:
    """Confirm subscriptions that were asked for and waited."""
    connection.execute(
        sa.update(subscription)
        .where(
            subscription.c.list == list_name,
            subscription.c.subscriber_id.in_(subscriber_ids),
            subscription.c.state == SubscriptionState.PENDING,
        )
        .values(
            state=SubscriptionState.CONFIRMED, cursor=cursor, consent=consent, confirmed_at=at, changed_at=at
        )
    )


def unsubscribe(connection: sa.Connection, subscription_id: SubscriptionId, *, at: datetime) -> bool:
    """End a subscription; give ``False`` when it had ended already."""
    statement = (
        sa.update(subscription)
        .where(subscription.c.id == subscription_id, subscription.c.state != SubscriptionState.UNSUBSCRIBED)
        .values(state=SubscriptionState.UNSUBSCRIBED, changed_at=at)
    )
    return bool(connection.execute(statement).rowcount)


def exchange(
    connection: sa.Connection,
    subscription_id: SubscriptionId,
    *,
    old: SubscriptionState,
    new: SubscriptionState,
    at: datetime,
) -> bool:
    """Move a subscription where it is still in ``old``; give whether it was."""
    statement = (
        sa.update(subscription)
        .where(subscription.c.id == subscription_id, subscription.c.state == old)
        .values(state=new, changed_at=at)
    )
    return bool(connection.execute(statement).rowcount)


def come_back(
    connection: sa.Connection,
    subscription_id: SubscriptionId,
    *,
    cursor: ArrivalNumber | None,
    consent: str,
    at: datetime,
) -> bool:
    """Begin a subscription anew that had ended; give whether it had."""
    statement = (
        sa.update(subscription)
        .where(subscription.c.id == subscription_id, subscription.c.state == SubscriptionState.UNSUBSCRIBED)
        .values(
            state=SubscriptionState.CONFIRMED, cursor=cursor, consent=consent, confirmed_at=at, changed_at=at
        )
    )
    return bool(connection.execute(statement).rowcount)


def set_cadence(
    connection: sa.Connection, subscription_id: SubscriptionId, cadence: str | None, *, at: datetime
) -> None:
    """Write which cadence a reader follows."""
    statement = sa.update(subscription).where(subscription.c.id == subscription_id)
    connection.execute(statement.values(cadence=cadence, changed_at=at))


def set_topics(
    connection: sa.Connection,
    subscription_id: SubscriptionId,
    topics: tuple[str, ...] | None,
    *,
    at: datetime,
) -> None:
    """Write what a reader chose."""
    document = None if topics is None else json.dumps(topics, ensure_ascii=False)
    statement = sa.update(subscription).where(subscription.c.id == subscription_id)
    connection.execute(statement.values(topics=document, changed_at=at))


def get(connection: sa.Connection, subscription_id: SubscriptionId) -> Subscription | None:
    """Give one subscription."""
    row = connection.execute(_everything().where(subscription.c.id == subscription_id)).first()
    return None if row is None else _subscription(row)


def of_address(connection: sa.Connection, address_key: str) -> list[Subscription]:
    """Give a person's subscriptions, by list."""
    query = _everything().where(subscriber.c.address_key == address_key).order_by(subscription.c.list)
    return [_subscription(row) for row in connection.execute(query)]


def on(connection: sa.Connection, list_name: str | None = None) -> Iterator[Subscription]:
    """Give every subscription, of one list or of all, by list and id; one at a time."""
    query = _everything().order_by(subscription.c.list, subscription.c.id)
    if list_name is not None:
        query = query.where(subscription.c.list == list_name)
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield _subscription(row)


def _everything() -> sa.Select[Any]:
    people = (subscriber.c.address, subscriber.c.address_key, subscriber.c.envelope, subscriber.c.name)
    joined = subscription.join(subscriber)
    return sa.select(
        subscription, *people, subscriber.c.created_at.label("subscriber_created_at")
    ).select_from(joined)


def _subscription(row: Any) -> Subscription:  # noqa: ANN401 - SQLAlchemy's rows have no useful type
    person = Subscriber(
        id=SubscriberId(row.subscriber_id),
        address=Address(text=row.address, key=row.address_key, envelope=row.envelope),
        name=row.name,
        created_at=row.subscriber_created_at,
    )
    return Subscription(
        id=SubscriptionId(row.id),
        subscriber=person,
        list_name=row.list,
        state=SubscriptionState(row.state),
        cadence=row.cadence,
        topics=_topics(row.topics),
        cursor=row.cursor,
        consent=row.consent,
        confirmed_at=row.confirmed_at,
    )


def _topics(document: str | None) -> tuple[str, ...] | None:
    return None if document is None else tuple(json.loads(document))
