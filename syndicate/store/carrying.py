"""Posts that were dropped from readers' editions and go with their next ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from syndicate.model.post import PostId
from syndicate.model.subscriber import SubscriptionId
from syndicate.store.engine import upsert
from syndicate.store.tables import carried, subscription


def owed(
    connection: sa.Connection, *, after: SubscriptionId, through: SubscriptionId
) -> dict[SubscriptionId, frozenset[PostId]]:
    """Give what is carried over for each reader, ``after`` < id <= ``through``.

    What was carried before a reader's consent is the past of somebody who left and came back.
    """
    query = (
        sa.select(carried.c.subscription_id, carried.c.post_id)
        .join(subscription, subscription.c.id == carried.c.subscription_id)
        .where(carried.c.subscription_id > after, carried.c.subscription_id <= through)
        .where(carried.c.at >= subscription.c.confirmed_at)
    )
    found: dict[SubscriptionId, set[PostId]] = {}
    for subscription_id, post_id in connection.execute(query):
        found.setdefault(SubscriptionId(subscription_id), set()).add(PostId(post_id))
    return {each: frozenset(ids) for each, ids in found.items()}


def carry(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Carry posts over; keys are the table's columns."""
    if rows:
        connection.execute(upsert(connection, carried), list(rows))


def give(connection: sa.Connection, given: Iterable[tuple[SubscriptionId, PostId]]) -> None:
    """Say that readers have these posts in a message by now."""
    rows = [{"reader": reader, "post": post} for reader, post in given]
    if rows:
        mine = (
            carried.c.subscription_id == sa.bindparam("reader"),
            carried.c.post_id == sa.bindparam("post"),
        )
        connection.execute(sa.delete(carried).where(*mine), rows)


def drop(connection: sa.Connection, subscription_ids: Collection[SubscriptionId]) -> None:
    """Say that nothing that was carried over is owed to these readers any more."""
    connection.execute(sa.delete(carried).where(carried.c.subscription_id.in_(subscription_ids)))
