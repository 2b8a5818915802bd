"""The log of who did what with which subscription."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.subscriber import Change, SubscriptionId
from syndicate.store.tables import change


def log(
    connection: sa.Connection,
    subscription_ids: Iterable[SubscriptionId],
    *,
    who: str,
    what: str,
    at: datetime,
) -> None:
    """Write down, in the transaction that does it, what somebody did with these subscriptions."""
    rows = [{"subscription_id": each, "at": at, "who": who, "what": what} for each in subscription_ids]
    if rows:
        connection.execute(sa.insert(change), rows)


def of(connection: sa.Connection, subscription_id: SubscriptionId) -> list[Change]:
    """Give everything that was done with a subscription, in order."""
    query = sa.select(change.c.at, change.c.who, change.c.what)
    found = connection.execute(query.where(change.c.subscription_id == subscription_id).order_by(change.c.id))
    return [Change(at=row.at, who=row.who, what=row.what) for row in found]
