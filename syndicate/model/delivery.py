"""One message's fate."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from syndicate.model.edition import EditionId, VariantId
from syndicate.model.subscriber import SubscriptionId

DeliveryId = NewType("DeliveryId", int)


class DeliveryState(StrEnum):
    """Where one message stands; the moves between are in ``dispatch``."""

    PENDING = "pending"
    #: Committed before the last byte goes out: from here the outcome may be unknown.
    HANDING = "handing"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


#: An edition is done when no delivery is in one of these.
OPEN_STATES = frozenset({DeliveryState.PENDING, DeliveryState.HANDING, DeliveryState.DEFERRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the ledger."""

    id: DeliveryId
    edition_id: EditionId
    variant_id: VariantId
    subscription_id: SubscriptionId
    state: DeliveryState
    not_before: datetime
    attempts: int
    message_id: str
    #: The server's answer, or why it was never asked.
    reply: str


class Outcome(StrEnum):
    """What a transport says of one hand-over."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    #: It never came to this message: it waits as before, and no attempt is counted.
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to one hand-over."""

    outcome: Outcome
    #: The server's own words, or the path that was written.
    text: str
