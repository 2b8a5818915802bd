"""What a person decides of messages that were refused, or of which nobody knows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndicate.errors import EditionError
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.subscriber import SubscriptionId
from syndicate.schedule.moving import existing, order, reason
from syndicate.store import deliveries

#: Where messages have gone out, and a person may say something of them.
_BEGUN = (
    EditionState.SENDING,
    EditionState.PAUSED,
    EditionState.SENT_WITH_EXCEPTIONS,
    EditionState.CANCELLED,
)


def retry(  # noqa: PLR0913 - an edition, whose messages, and who, when and why
    engine: sa.Engine,
    edition_id: EditionId,
    *,
    who: str,
    why: str,
    now: datetime,
    uncertain: bool = False,
    readers: Collection[SubscriptionId] | None = None,
) -> tuple[Edition, int]:
    """Hand over again what was refused, and by ``uncertain`` also what may have arrived; give how many.

    The same message, with the same Message-ID; to ``readers`` only, where given. Of a cancelled edition it is
    withdrawn instead, and so owed again with the next one. ``EditionError`` where there is none.
    """
    given = _Order(who=who, why=reason(why), now=now, readers=readers)
    states = (DeliveryState.REJECTED, DeliveryState.UNCERTAIN) if uncertain else (DeliveryState.REJECTED,)
    with engine.begin() as connection:
        edition = _begun(existing(connection, edition_id))
        cancelled = edition.state is EditionState.CANCELLED
        to = DeliveryState.WITHDRAWN if cancelled else DeliveryState.PENDING
        count = _reopened(connection, edition, states, to=to, given=given)
        return _said(connection, edition, f"{count} to be handed over again", given), count


def arrived(  # noqa: PLR0913 - as above
    engine: sa.Engine,
    edition_id: EditionId,
    *,
    who: str,
    why: str,
    now: datetime,
    readers: Collection[SubscriptionId] | None = None,
) -> tuple[Edition, int]:
    """Write uncertain messages down as accepted, since a person knows that they arrived; give how many.

    An edition that ended with exceptions is looked at again by dispatch, which says how it ended.
    """
    given = _Order(who=who, why=reason(why), now=now, readers=readers)
    with engine.begin() as connection:
        edition = _begun(existing(connection, edition_id))
        states = (DeliveryState.UNCERTAIN,)
        count = _reopened(connection, edition, states, to=DeliveryState.ACCEPTED, given=given)
        return _said(connection, edition, f"{count} did arrive", given), count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """Who says what of whose messages."""

    who: str
    why: str
    now: datetime
    readers: Collection[SubscriptionId] | None


def _begun(edition: Edition) -> Edition:
    if edition.state not in _BEGUN:
        raise EditionError(
            f'edition {edition.id}: it is "{edition.state}"; there is no message whose fate can be changed'
        )
    return edition


def _reopened(
    connection: sa.Connection,
    edition: Edition,
    states: Collection[DeliveryState],
    *,
    to: DeliveryState,
    given: _Order,
) -> int:
    count = deliveries.reopen(
        connection,
        edition.id,
        states,
        to=to,
        reply=f"{given.who}: {given.why}",
        at=given.now,
        subscription_ids=given.readers,
    )
    if not count:
        whom = "nobody" if given.readers is None else "none of these readers"
        named = " or ".join(states)
        raise EditionError(
            f"edition {edition.id}: {whom} is {named}; see `syndicate edition show {edition.id}`"
        )
    return count


def _said(connection: sa.Connection, edition: Edition, what: str, given: _Order) -> Edition:
    """Log it; an edition that had ended goes on."""
    ended = edition.state is EditionState.SENT_WITH_EXCEPTIONS
    new = EditionState.SENDING if ended else edition.state
    why = f"{what}: {given.why}"
    return order(connection, edition, new, who=given.who, why=why, now=given.now)
