"""What each reader is owed: pure, from the cursor, the topics and what was taken back."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from syndicate.audience.selection import chosen
from syndicate.model.post import ArrivalNumber, PostId, TrackedPost
from syndicate.model.subscriber import SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one reader of a list stands."""

    subscription_id: SubscriptionId
    #: Arrivals up to and including this number are served.
    cursor: ArrivalNumber
    #: ``None`` for everything the list carries.
    topics: tuple[str, ...] | None = None
    #: Posts of deliveries that were withdrawn, and that the reader was not given since.
    again: frozenset[PostId] = frozenset()


@dataclass(slots=True)
class Owed:
    """What readers are owed of the posts a list carries, up to an arrival.

    Readers in the same standing are owed the same tuple, which is worked out once.
    """

    posts: Mapping[PostId, TrackedPost]
    _arrivals: list[TrackedPost]
    _numbers: list[int]
    _known: dict[object, tuple[PostId, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, posts: Iterable[TrackedPost], *, through: ArrivalNumber) -> "Owed":
        """Take every post that anybody could be owed; those after ``through`` only count as owed again."""
        known = {each.id: each for each in posts}
        arrivals = sorted(
            (each for each in known.values() if each.arrival is not None and each.arrival <= through),
            key=_number,
        )
        return cls(known, arrivals, [_number(each) for each in arrivals])

    def by(self, standing: Standing) -> tuple[PostId, ...]:
        """Give what a reader is owed, in the order a digest shows it: newest first, then by path."""
        key = (standing.cursor, standing.topics, standing.again)
        if key not in self._known:
            self._known[key] = self._worked_out(standing)
        return self._known[key]

    def _worked_out(self, standing: Standing) -> tuple[PostId, ...]:
        fresh = self._arrivals[bisect_right(self._numbers, standing.cursor) :]
        again = [self.posts[each] for each in standing.again if each in self.posts]
        wanted = {each.id: each for each in (*fresh, *again) if chosen(standing.topics, each.post)}
        ordered = sorted(wanted.values(), key=lambda each: (-each.post.published.timestamp(), each.post.path))
        return tuple(each.id for each in ordered)


def _number(tracked: TrackedPost) -> int:
    return tracked.arrival or 0
