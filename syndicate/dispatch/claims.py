"""What becomes of a delivery at each step: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.dispatch.retrying import retry_at
from syndicate.model.delivery import DeliveryState, Outcome, Reply
from syndicate.model.edition import EditionState
from syndicate.model.subscriber import SubscriptionState
from syndicate.store.deliveries import Claimable, Settlement

#: What nobody was asked about because the process died in between.
INTERRUPTED = "the process that was handing it over stopped before it wrote down the answer"

#: Why a message that would be sent again isn't.
DOUBTFUL = "it may have arrived by an earlier try, and is not sent again"

#: A message whose answer was unknown so often is sent no more: each try may have made a copy.
RESENDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A group that was looked at: who is written to now, and who isn't, and why."""

    handing: tuple[Claimable, ...] = ()
    closed: tuple[Settlement, ...] = ()

    @property
    def found(self) -> int:
        """How many deliveries were looked at; 0 ends the work."""
        return len(self.handing) + len(self.closed)


def claim(due: Sequence[Claimable]) -> Claim:
    """Check again, at the last moment, that each reader may still be written to."""
    closed = {each.id: settlement for each in due if (settlement := _closed(each))}
    handing = tuple(each for each in due if each.id not in closed)
    return Claim(handing=handing, closed=tuple(closed.values()))


def _closed(due: Claimable) -> Settlement | None:
    if due.suppressed is not None:
        return _kept_from(due, DeliveryState.SUPPRESSED, due.suppressed)
    if due.subscription_state is not SubscriptionState.CONFIRMED:
        return _kept_from(due, DeliveryState.WITHDRAWN, due.subscription_state)
    return None


def _kept_from(due: Claimable, state: DeliveryState, why: str) -> Settlement:
    """Close a delivery unsent; what may have arrived already is uncertain, and not owed again."""
    if due.doubtful:
        return Settlement(id=due.id, state=DeliveryState.UNCERTAIN, reply=f"{DOUBTFUL}: {why}")
    return Settlement(id=due.id, state=state, reply=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long an edition's messages are tried, and what a doubt about one becomes."""

    #: A doubt is resolved by sending again, with the same Message-ID; else it waits for a person.
    resend: bool
    #: Who was put off is tried until then.
    expires_at: datetime


def settlement(claimed: Claimable, reply: Reply, *, terms: Terms, now: datetime) -> Settlement:
    """Give what a reply makes of a delivery."""
    if reply.outcome is Outcome.RETURNED:
        return Settlement(id=claimed.id, state=DeliveryState.PENDING, reply=reply.text, counted=False)
    if reply.outcome is Outcome.REJECTED and claimed.doubtful:
        return Settlement(id=claimed.id, state=DeliveryState.UNCERTAIN, reply=f"{DOUBTFUL}: {reply.text}")
    again = terms.resend and claimed.attempts + 1 < RESENDS and now < terms.expires_at
    if reply.outcome is Outcome.DEFERRED or (reply.outcome is Outcome.UNCERTAIN and again):
        return _put_off(claimed, reply, terms=terms, now=now)
    return Settlement(id=claimed.id, state=DeliveryState(reply.outcome), reply=reply.text)


def _put_off(claimed: Claimable, reply: Reply, *, terms: Terms, now: datetime) -> Settlement:
    """Give the next try, the last one at the moment of expiry."""
    doubtful = claimed.doubtful or reply.outcome is Outcome.UNCERTAIN
    if now >= terms.expires_at:
        state = DeliveryState.UNCERTAIN if doubtful else DeliveryState.EXPIRED
        return Settlement(id=claimed.id, state=state, reply=reply.text)
    return Settlement(
        id=claimed.id,
        state=DeliveryState.DEFERRED,
        reply=reply.text,
        not_before=min(retry_at(claimed.id, claimed.attempts + 1, now=now), terms.expires_at),
        doubtful=doubtful,
    )


def conclusion(counts: dict[DeliveryState, int]) -> tuple[EditionState, str]:
    """Give what an edition becomes when nobody waits any more, and its figures in words."""
    named = (DeliveryState.REJECTED, DeliveryState.EXPIRED, DeliveryState.UNCERTAIN)
    exceptions = sum(counts.get(state, 0) for state in named)
    state = EditionState.SENT_WITH_EXCEPTIONS if exceptions else EditionState.SENT
    return state, in_words(counts)


def in_words(counts: dict[DeliveryState, int]) -> str:
    """Give figures such as ``4,998 accepted, 2 uncertain``."""
    figures = [f"{counts[state]:,} {state}" for state in DeliveryState if counts.get(state)]
    return ", ".join(figures) or "no deliveries"
