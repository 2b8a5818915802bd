"""What an editor gives an edition before it is frozen: words of their own, posts pinned, posts dropped."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from syndicate.model.edition import EditionId
from syndicate.model.post import PostId


class Kind(StrEnum):
    """What an editor did with a post in an edition."""

    #: It stands before all that aren't.
    PINNED = "pinned"
    #: It isn't in this edition, and goes with the next one.
    DROPPED = "dropped"
    #: No edition of the list brings it from now on.
    BARRED = "dropped for good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One post that an editor pinned or dropped."""

    edition_id: EditionId
    list_name: str
    post_id: PostId
    kind: Kind
    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaping:
    """All that editors gave one edition; where they gave nothing the list's settings speak."""

    #: Markdown, between the head and the first post.
    introduction: str = ""
    #: As ``lists.subject``, with the same words in braces.
    subject: str = ""
    preheader: str = ""
    #: The first one leads.
    pinned: tuple[PostId, ...] = ()
    #: Go with the next edition.
    dropped: frozenset[PostId] = frozenset()
    #: Of the whole list, by whichever edition: nobody is owed them.
    barred: frozenset[PostId] = frozenset()

    @property
    def in_words(self) -> str:
        """Say it: "introduction, own subject, 2 pinned, 1 dropped"; "" where there is nothing to say."""
        said = {
            "introduction": self.introduction,
            "own subject": self.subject,
            "own preheader": self.preheader,
            f"{len(self.pinned)} pinned": self.pinned,
            f"{len(self.dropped)} dropped": self.dropped,
        }
        return ", ".join(what for what, given in said.items() if given)


#: What an edition says that nobody shaped.
UNSHAPED = Shaping()
