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
        return Settlement(id=due.id, state=DeliveryState.SUPPRESSED, reply=due.suppressed)
    if due.subscription_state is not SubscriptionState.CONFIRMED:
        return Settlement(id=due.id, state=DeliveryState.WITHDRAWN, reply=due.subscription_state)
    return None


def settlement(claimed: Claimable, reply: Reply, *, now: datetime) -> Settlement:
    """Give what a reply makes of a delivery."""
    not_before = None
    if reply.outcome is Outcome.DEFERRED:
        not_before = retry_at(claimed.id, claimed.attempts + 1, now=now)
    return Settlement(
        id=claimed.id, state=DeliveryState(reply.outcome), reply=reply.text, not_before=not_before
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
