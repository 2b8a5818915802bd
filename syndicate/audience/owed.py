"""What each reader is owed: pure, from the cursor, the topics and what was taken back."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from syndicate.audience.arranging import arranged
from syndicate.audience.selection import chosen
from syndicate.model.post import ArrivalNumber, PostId, TrackedPost
from syndicate.model.shaping import UNSHAPED, Shaping
from syndicate.model.subscriber import SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one reader of a list stands."""

    subscription_id: SubscriptionId
    #: Arrivals up to and including this number are served.
    cursor: ArrivalNumber
    #: ``None`` for everything the list carries.
    topics: tuple[str, ...] | None = None
    #: Posts that were withdrawn or carried over, and that the reader was not given since.
    again: frozenset[PostId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What one reader is due from an edition."""

    #: In the order of the page.
    shown: tuple[PostId, ...]
    #: Owed, but dropped from this edition: they go with the reader's next one.
    carried: tuple[PostId, ...]


@dataclass(slots=True)
class Owed:
    """What readers are owed of the posts a list carries, up to an arrival.

    Readers in the same standing are owed the same tuple, which is worked out once.
    """

    posts: Mapping[PostId, TrackedPost]
    _arrivals: list[TrackedPost]
    _numbers: list[int]
    _order: str
    _shaping: Shaping
    _known: dict[object, Due] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        posts: Iterable[TrackedPost],
        *,
        through: ArrivalNumber,
        order: str = "newest",
        shaping: Shaping = UNSHAPED,
    ) -> "Owed":
        """Take every post that anybody could be owed; those after ``through`` only count as owed again.

        ``order`` is the list's, ``shaping`` the edition's.
        """
        known = {each.id: each for each in posts}
        arrivals = sorted(
            (each for each in known.values() if each.arrival is not None and each.arrival <= through),
            key=_number,
        )
        return cls(known, arrivals, [_number(each) for each in arrivals], order, shaping)

    def by(self, standing: Standing) -> tuple[PostId, ...]:
        """Give what a reader gets, in the order of the page."""
        return self.due(standing).shown

    def due(self, standing: Standing) -> Due:
        """Give what a reader gets, and what is carried over for them."""
        key = (standing.cursor, standing.topics, standing.again)
        if key not in self._known:
            self._known[key] = self._worked_out(standing)
        return self._known[key]

    def _worked_out(self, standing: Standing) -> Due:
        fresh = self._arrivals[bisect_right(self._numbers, standing.cursor) :]
        again = [self.posts[each] for each in standing.again if each in self.posts]
        wanted = {each.id: each for each in (*fresh, *again) if chosen(standing.topics, each.post)}
        shown = arranged(wanted.values(), order=self._order, shaping=self._shaping)
        carried = sorted(wanted.keys() & (self._shaping.dropped - self._shaping.barred))
        return Due(shown=tuple(each.id for each in shown), carried=tuple(carried))


def _number(tracked: TrackedPost) -> int:
    return tracked.arrival or 0
