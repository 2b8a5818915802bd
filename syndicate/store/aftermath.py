"""What a store that is being replaced knows and its backup doesn't: what it sent since, and who left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.model.edition import EditionId
from syndicate.model.subscriber import SubscriptionState
from syndicate.store import changes, copies, numbering
from syndicate.store.deliveries import REACHED
from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import delivery, edition, subscriber, subscription, suppression

#: Editions named in words; the rest is counted.
_NAMED = 3
#: Rows written at a time.
_ROWS = 1_000
_STAYED_AWAY = "unsubscribed: had left by the day on which a backup was restored"
#: Columns of ``subscriber`` and of ``subscription``.
_PEOPLE = ("address", "address_key", "envelope", "name")
_ASKED = ("list", "consent", "created_at", "changed_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How much a store has sent."""

    lease: int
    #: The last number of each table whose numbers are given once.
    numbers: Mapping[str, int]
    #: Messages that are, or may be, with their readers, by edition and its list and occurrence.
    reached: Mapping[tuple[EditionId, str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed:
    """Who may not be mailed."""

    #: Rows of ``subscriber`` joined with ``subscription``, of who left a list.
    left: Sequence[Mapping[str, Any]]
    #: Rows of ``suppression``.
    suppressed: Sequence[Mapping[str, Any]]


def sent(connection: sa.Connection) -> Sent:
    """Give how much a store has sent."""
    name = (edition.c.id, edition.c.list, edition.c.occurrence)
    query = (
        sa.select(*name, sa.func.count())
        .join(delivery, delivery.c.edition_id == edition.c.id)
        .where(delivery.c.state.in_(REACHED))
        .group_by(*name)
    )
    rows = connection.execute(query)
    reached = {(EditionId(number), list_, occurrence): count for number, list_, occurrence, count in rows}
    return Sent(lease=copies.lease(connection), numbers=numbering.highest(connection), reached=reached)


def since(before: Sent | None, backup: Sent) -> str:
    """Give in words what was sent since the backup, "" for nothing; ``None``: the store can't be read."""
    if before is None:
        return "what was sent since isn't known"
    more = {key: many - backup.reached.get(key, 0) for key, many in before.reached.items()}
    words = [f"edition {key[0]} of {key[1]} ({many:,})" for key, many in sorted(more.items()) if many > 0]
    if not words:
        return "" if before.lease <= backup.lease else "it began to send since"
    rest = len(words) - _NAMED
    return "sent since: " + ", ".join(words[:_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def departed(connection: sa.Connection) -> Departed:
    """Give who left a list or may be mailed by none."""
    left = (
        sa.select(*(subscriber.c[name] for name in _PEOPLE), *(subscription.c[name] for name in _ASKED))
        .join(subscription, subscription.c.subscriber_id == subscriber.c.id)
        .where(subscription.c.state == SubscriptionState.UNSUBSCRIBED)
    )
    return Departed(
        left=[dict(row) for row in connection.execute(left).mappings()],
        suppressed=[dict(row) for row in connection.execute(sa.select(suppression)).mappings()],
    )


def keep_away(connection: sa.Connection, gone: Departed, *, now: datetime) -> None:
    """Let who left stay away, also where the backup still has them on the list, or doesn't know them."""
    for at in range(0, len(gone.suppressed), _ROWS):
        some = gone.suppressed[at : at + _ROWS]
        connection.execute(insert_or_ignore(connection, suppression), some)
    for at in range(0, len(gone.left), _ROWS):
        _take_off(connection, gone.left[at : at + _ROWS], now=now)


def _take_off(connection: sa.Connection, left: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
    people = [{**{name: row[name] for name in _PEOPLE}, "created_at": row["created_at"]} for row in left]
    connection.execute(insert_or_ignore(connection, subscriber), people)
    keys = {row["address_key"] for row in left}
    known = sa.select(subscriber.c.address_key, subscriber.c.id).where(subscriber.c.address_key.in_(keys))
    ids = {row.address_key: row.id for row in connection.execute(known)}
    rows = [
        {
            **{name: row[name] for name in _ASKED},
            "subscriber_id": ids[row["address_key"]],
            "state": SubscriptionState.UNSUBSCRIBED,
        }
        for row in left
    ]
    connection.execute(insert_or_ignore(connection, subscription), rows)
    for list_name in {row["list"] for row in rows}:
        whose = [row["subscriber_id"] for row in rows if row["list"] == list_name]
        ended = connection.scalars(
            sa.update(subscription)
            .where(subscription.c.list == list_name, subscription.c.subscriber_id.in_(whose))
            .where(subscription.c.state != SubscriptionState.UNSUBSCRIBED)
            .values(state=SubscriptionState.UNSUBSCRIBED)
            .returning(subscription.c.id)
        )
        changes.log(connection, ended.all(), who=copies.SYNDICATE, what=_STAYED_AWAY, at=now)
