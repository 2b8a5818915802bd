"""A digest for a list at a time, and the readers who share one rendering of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from syndicate.model.post import ArrivalNumber, PostId

#: Also the number people see.
EditionId = NewType("EditionId", int)
VariantId = NewType("VariantId", int)

#: The occurrence of a list's very first edition, made where ``start_with`` owes the newest posts.
START = "start"
#: The cadence of an edition that an editor made; its occurrence is the wall time it was made for.
EXTRA = "extra"


class EditionState(StrEnum):
    """What an edition is doing; the moves between are in ``schedule``."""

    COLLECTING = "collecting"
    FREEZING = "freezing"
    FROZEN = "frozen"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    SENT_WITH_EXCEPTIONS = "sent with exceptions"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One occurrence of a list's cadence, made real."""

    id: EditionId
    list_name: str
    #: The name of the list's cadence ("weekly").
    cadence: str
    #: Wall time "2026-10-25T02:30"; a post's id for ``each``; or ``START``.
    occurrence: str
    due_at: datetime
    #: When it stops collecting and is frozen: at ``due_at``, or earlier where it needs approval.
    cut_off_at: datetime
    state: EditionState
    #: Posts up to this arrival belong to it; fixed at the freeze.
    arrival_to: ArrivalNumber | None
    subject: str
    #: Whether a skipped edition's posts are owed to nobody any more.
    dropped: bool = False
    #: Grows with each change of what editors gave it to say.
    revision: int = 0
    created_at: datetime
    state_changed_at: datetime

    @property
    def for_everybody(self) -> bool:
        """Whether it reaches every reader of the list, whatever their cadence."""
        return self.occurrence == START or self.cadence == EXTRA


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The readers of an edition who are owed the same posts: rendered once, personalised many times."""

    id: VariantId
    edition_id: EditionId
    #: In the order in which the digest shows them.
    post_ids: tuple[PostId, ...]
    subject: str
    #: The message with slots, see ``mail.wire``.
    wire: bytes
    #: The inlined page with slots, for previews and the archive.
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of an edition's state: who did it, and why."""

    edition_id: EditionId
    at: datetime
    who: str
    old: EditionState
    new: EditionState
    why: str
