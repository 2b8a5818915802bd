"""People with mailboxes, and what they asked for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from syndicate.model.post import ArrivalNumber

SubscriberId = NewType("SubscriberId", int)
SubscriptionId = NewType("SubscriptionId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mailbox that may be written to."""

    #: As the person wrote it, NFC, domain in lower case.
    text: str
    #: What makes two spellings the same mailbox; unique in the store.
    key: str
    #: The form that goes into an envelope: domain as A-labels, so that nearly all are ASCII.
    envelope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person with a mailbox."""

    id: SubscriberId
    address: Address
    name: str
    created_at: datetime


class SubscriptionState(StrEnum):
    """Whether a subscription may be mailed."""

    #: Asked for, and not yet confirmed from the mailbox.
    PENDING = "pending"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscriber on a list."""

    id: SubscriptionId
    subscriber: Subscriber
    #: The list's name.
    list_name: str
    state: SubscriptionState
    #: The name of one of the list's cadences; ``None`` follows the list's first.
    cadence: str | None
    #: Collections, categories and tags the reader chose; ``None`` for everything the list carries.
    topics: tuple[str, ...] | None
    #: Arrivals up to and including this number are served; ``None`` until the list starts.
    cursor: ArrivalNumber | None
    #: Who vouches for the consent, in words ("import readers.csv, 2026-11-23").
    consent: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody did with a subscription."""

    at: datetime
    who: str
    #: In words: "paused", "added: signed up at the fair".
    what: str
