"""The ledger: one row for each message."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.model.delivery import Delivery, DeliveryId, DeliveryState
from syndicate.model.edition import EditionId, VariantId
from syndicate.model.post import PostId
from syndicate.model.subscriber import SubscriptionId, SubscriptionState
from syndicate.store.engine import insert_or_ignore
from syndicate.store.holding import unheld
from syndicate.store.tables import delivery, post, subscriber, subscription, suppression, variant_post

#: The message is, or may be, with the reader.
REACHED = (DeliveryState.HANDING, DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN)
#: Nobody works on it, and it would be claimed in time.
_WAITING = (DeliveryState.PENDING, DeliveryState.DEFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimable:
    """A delivery whose time has come, and whether its reader may still be written to."""

    id: DeliveryId
    variant_id: VariantId
    subscription_id: SubscriptionId
    message_id: str
    attempts: int
    envelope: str
    subscription_state: SubscriptionState
    #: Why the address may not be mailed; ``None`` when it may.
    suppressed: str | None
    #: It may have arrived already, by a try that had no answer.
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What becomes of one delivery."""

    id: DeliveryId
    state: DeliveryState
    #: The server's answer, or why it was never asked.
    reply: str
    not_before: datetime | None = None
    #: Whether it was an attempt at this reader.
    counted: bool = True
    #: Whether the message may have arrived by this attempt; an earlier doubt stays.
    doubtful: bool = False


def add(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write deliveries that are not there yet; keys are the table's columns."""
    if rows:
        connection.execute(insert_or_ignore(connection, delivery), list(rows))


def owed_again(
    connection: sa.Connection, *, after: SubscriptionId, through: SubscriptionId
) -> dict[SubscriptionId, frozenset[PostId]]:
    """Give the posts that were taken back from readers and not given since, ``after`` < id <= ``through``.

    What was withdrawn before a reader's consent is the past of somebody who left and came back.
    """
    taken = (
        sa.select(delivery.c.subscription_id, variant_post.c.post_id)
        .select_from(delivery)
        .join(variant_post, variant_post.c.variant_id == delivery.c.variant_id)
        .join(subscription, subscription.c.id == delivery.c.subscription_id)
        .where(
            sa.text("delivery.state = 'withdrawn'"),  # spelt out, for the partial index
            delivery.c.subscription_id > after,
            delivery.c.subscription_id <= through,
            ~delivery.c.dropped,
            delivery.c.settled_at >= subscription.c.confirmed_at,
            ~_given(),
        )
    )
    found: dict[SubscriptionId, set[PostId]] = {}
    for subscription_id, post_id in connection.execute(taken):
        found.setdefault(SubscriptionId(subscription_id), set()).add(PostId(post_id))
    return {each: frozenset(ids) for each, ids in found.items()}


def _given() -> sa.Exists:
    other, shown = delivery.alias("other"), variant_post.alias("shown")
    return (
        sa.select(sa.literal(1))
        .select_from(other)
        .join(shown, shown.c.variant_id == other.c.variant_id)
        .where(
            other.c.subscription_id == delivery.c.subscription_id,
            other.c.state != DeliveryState.WITHDRAWN,
            shown.c.post_id == variant_post.c.post_id,
        )
        .exists()
    )


def claimable(
    connection: sa.Connection,
    edition_id: EditionId,
    state: DeliveryState,
    *,
    now: datetime,
    limit: int,
) -> list[Claimable]:
    """Give deliveries in ``state`` whose time has come, locked, passing over those another claim holds.

    None while the store is held, whatever a dispatcher believes.
    """
    page = (
        sa.select(delivery.c.id)
        .where(delivery.c.edition_id == edition_id, delivery.c.state == state)
        .where(delivery.c.not_before <= now, unheld())
        .order_by(delivery.c.not_before, delivery.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return read(connection, [DeliveryId(each) for each in connection.scalars(page)])


def read(connection: sa.Connection, ids: Collection[DeliveryId]) -> list[Claimable]:
    """Give these deliveries with their readers, by id."""
    if not ids:
        return []
    return [_claimable(row) for row in connection.execute(_with_reader().where(delivery.c.id.in_(ids)))]


def _with_reader() -> sa.Select[Any]:
    return (
        sa.select(
            delivery.c.id,
            delivery.c.variant_id,
            delivery.c.subscription_id,
            delivery.c.message_id,
            delivery.c.attempts,
            delivery.c.doubtful,
            subscriber.c.envelope,
            subscription.c.state.label("subscription_state"),
            suppression.c.reason,
        )
        .select_from(delivery)
        .join(subscription, subscription.c.id == delivery.c.subscription_id)
        .join(subscriber, subscriber.c.id == subscription.c.subscriber_id)
        .outerjoin(suppression, suppression.c.address_key == subscriber.c.address_key)
        .order_by(delivery.c.id)
    )


def _claimable(row: Any) -> Claimable:  # noqa: ANN401 - SQLAlchemy's rows have no useful type
    return Claimable(
        id=DeliveryId(row.id),
        variant_id=VariantId(row.variant_id),
        subscription_id=SubscriptionId(row.subscription_id),
        message_id=row.message_id,
        attempts=row.attempts,
        doubtful=row.doubtful,
        envelope=row.envelope,
        subscription_state=SubscriptionState(row.subscription_state),
        suppressed=row.reason,
    )


def hand(connection: sa.Connection, ids: Collection[DeliveryId], *, owner: str, at: datetime) -> None:
    """Say that these are on their way, or are again; committed before the last byte goes out."""
    statement = (
        sa.update(delivery)
        .where(delivery.c.id.in_(ids))
        .values(
            state=DeliveryState.HANDING,
            claimed_by=owner,
            claimed_at=at,
            attempts=delivery.c.attempts + 1,
            doubtful=sa.or_(delivery.c.doubtful, delivery.c.state == DeliveryState.HANDING),
        )
    )
    connection.execute(statement)


def close(connection: sa.Connection, settlements: Sequence[Settlement], *, at: datetime) -> None:
    """Write what became of deliveries that nobody was handed."""
    if settlements:
        statement = sa.update(delivery).where(delivery.c.id == sa.bindparam("id_"))
        connection.execute(statement.values(_changes()), [_row(each, at) for each in settlements])


def settle(connection: sa.Connection, settlements: Sequence[Settlement], *, owner: str, at: datetime) -> None:
    """Write what became of deliveries that ``owner`` handed over; a claim lost meanwhile is left alone."""
    if settlements:
        statement = sa.update(delivery).where(
            delivery.c.id == sa.bindparam("id_"),
            delivery.c.state == DeliveryState.HANDING,
            delivery.c.claimed_by == owner,
        )
        connection.execute(statement.values(_changes()), [_row(each, at) for each in settlements])


def _changes() -> dict[str, Any]:
    return {
        "state": sa.bindparam("state_"),
        "reply": sa.bindparam("reply_"),
        "settled_at": sa.bindparam("settled_at_"),
        "not_before": sa.func.coalesce(
            sa.bindparam("not_before_", type_=delivery.c.not_before.type), delivery.c.not_before
        ),
        "attempts": delivery.c.attempts - sa.bindparam("uncounted_", type_=sa.Integer),
        "doubtful": sa.or_(delivery.c.doubtful, sa.bindparam("doubtful_", type_=sa.Boolean)),
        "claimed_by": None,
    }


def _row(settlement: Settlement, at: datetime) -> dict[str, Any]:
    return {
        "id_": settlement.id,
        "state_": settlement.state,
        "reply_": settlement.reply,
        "settled_at_": at,
        "not_before_": settlement.not_before,
        "uncounted_": 0 if settlement.counted else 1,
        "doubtful_": settlement.doubtful,
    }


def withdraw(  # noqa: PLR0913 - the columns
    connection: sa.Connection,
    edition_id: EditionId,
    *,
    dropped: bool,
    reply: str,
    at: datetime,
    limit: int,
) -> int:
    """Take back at most ``limit`` deliveries that wait for their time; give how many they were.

    What may have arrived becomes uncertain instead, and is not owed again.
    """
    page = (
        sa.select(delivery.c.id)
        .where(delivery.c.edition_id == edition_id, delivery.c.state.in_(_WAITING))
        .limit(limit)
        .scalar_subquery()
    )
    taken_back = sa.case((delivery.c.doubtful, DeliveryState.UNCERTAIN), else_=DeliveryState.WITHDRAWN)
    statement = (
        sa.update(delivery)
        .where(delivery.c.id.in_(page), delivery.c.state.in_(_WAITING))
        .values(state=taken_back, dropped=dropped, reply=reply, settled_at=at)
    )
    return connection.execute(statement).rowcount


def drop_withdrawn(connection: sa.Connection, subscription_ids: Collection[SubscriptionId]) -> None:
    """Say that nothing that was withdrawn from these readers is owed again."""
    statement = sa.update(delivery).where(
        delivery.c.subscription_id.in_(subscription_ids),
        sa.text("delivery.state = 'withdrawn'"),  # spelt out, for the partial index
    )
    connection.execute(statement.values(dropped=True))


def reopen(  # noqa: PLR0913 - the columns
    connection: sa.Connection,
    edition_id: EditionId,
    states: Collection[DeliveryState],
    *,
    to: DeliveryState,
    reply: str,
    at: datetime,
    subscription_ids: Collection[SubscriptionId] | None = None,
) -> int:
    """Move an edition's settled deliveries on as a person said; give how many they were.

    ``None`` for every reader. Attempts are counted anew; a doubt goes with what is to be tried again.
    """
    statement = sa.update(delivery).where(delivery.c.edition_id == edition_id, delivery.c.state.in_(states))
    if subscription_ids is not None:
        statement = statement.where(delivery.c.subscription_id.in_(subscription_ids))
    doubt = sa.or_(delivery.c.doubtful, delivery.c.state == DeliveryState.UNCERTAIN)
    values = {"state": to, "reply": reply, "attempts": 0, "not_before": at, "settled_at": at}
    values["doubtful"] = doubt if to is DeliveryState.PENDING else delivery.c.doubtful
    return connection.execute(statement.values(values)).rowcount


def hasten(connection: sa.Connection, edition_id: EditionId, *, to: datetime, limit: int) -> int:
    """Let at most ``limit`` deliveries that wait for later go from ``to``; give how many they were."""
    page = (
        sa.select(delivery.c.id)
        .where(delivery.c.edition_id == edition_id, delivery.c.state == DeliveryState.PENDING)
        .where(delivery.c.not_before > to)
        .limit(limit)
        .scalar_subquery()
    )
    statement = sa.update(delivery).where(delivery.c.id.in_(page)).values(not_before=to)
    return connection.execute(statement).rowcount


def abandoned(
    connection: sa.Connection, edition_id: EditionId, *, claimed_before: datetime | None
) -> list[DeliveryId]:
    """Give what was on its way when its process died, locked; with ``None`` that is every claim."""
    query = sa.select(delivery.c.id).where(
        delivery.c.edition_id == edition_id, delivery.c.state == DeliveryState.HANDING
    )
    if claimed_before is not None:
        query = query.where(delivery.c.claimed_at < claimed_before)
    found = connection.scalars(query.with_for_update(skip_locked=True))
    return [DeliveryId(each) for each in found]


def counts(connection: sa.Connection, edition_id: EditionId) -> dict[DeliveryState, int]:
    """Count an edition's deliveries by state."""
    query = (
        sa.select(delivery.c.state, sa.func.count())
        .where(delivery.c.edition_id == edition_id)
        .group_by(delivery.c.state)
    )
    return {DeliveryState(state): count for state, count in connection.execute(query)}


def of_edition(
    connection: sa.Connection,
    edition_id: EditionId,
    *,
    states: Collection[DeliveryState],
    limit: int | None = None,
) -> Iterator[tuple[Delivery, str]]:
    """Give an edition's deliveries in these states with each reader's address, by id."""
    query = (
        sa.select(delivery, subscriber.c.address)
        .join(subscription, subscription.c.id == delivery.c.subscription_id)
        .join(subscriber, subscriber.c.id == subscription.c.subscriber_id)
        .where(delivery.c.edition_id == edition_id, delivery.c.state.in_(states))
        .order_by(delivery.c.id)
        .limit(limit)
    )
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield _delivery(row), row.address


def given_twice(connection: sa.Connection, edition_id: EditionId) -> Iterator[tuple[str, str, EditionId]]:
    """Give who got a post by another edition too: address, the post's path, that edition."""
    other, shown = delivery.alias("other"), variant_post.alias("shown")
    query = (
        sa.select(subscriber.c.address, post.c.path, other.c.edition_id)
        .select_from(delivery)
        .join(variant_post, variant_post.c.variant_id == delivery.c.variant_id)
        .join(other, other.c.subscription_id == delivery.c.subscription_id)
        .join(
            shown,
            sa.and_(shown.c.variant_id == other.c.variant_id, shown.c.post_id == variant_post.c.post_id),
        )
        .join(post, post.c.id == variant_post.c.post_id)
        .join(subscription, subscription.c.id == delivery.c.subscription_id)
        .join(subscriber, subscriber.c.id == subscription.c.subscriber_id)
        .where(
            delivery.c.edition_id == edition_id,
            other.c.edition_id != edition_id,
            delivery.c.state.in_(REACHED),
            other.c.state.in_(REACHED),
        )
        .order_by(delivery.c.id)
    )
    for address, path, other_id in connection.execute(query.execution_options(yield_per=500)):
        yield address, path, EditionId(other_id)


def to_reader(
    connection: sa.Connection, edition_id: EditionId, subscription_id: SubscriptionId
) -> Delivery | None:
    """Give an edition's delivery to one reader."""
    query = sa.select(delivery).where(
        delivery.c.edition_id == edition_id, delivery.c.subscription_id == subscription_id
    )
    row = connection.execute(query).first()
    return None if row is None else _delivery(row)


def _delivery(row: Any) -> Delivery:  # noqa: ANN401 - SQLAlchemy's rows have no useful type
    return Delivery(
        id=DeliveryId(row.id),
        edition_id=EditionId(row.edition_id),
        variant_id=VariantId(row.variant_id),
        subscription_id=SubscriptionId(row.subscription_id),
        state=DeliveryState(row.state),
        not_before=row.not_before,
        attempts=row.attempts,
        message_id=row.message_id,
        reply=row.reply,
    )
