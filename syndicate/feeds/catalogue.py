"""Which posts each of many feeds holds, without a look at every post for every feed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from syndicate.feeds.entry import ordered
from syndicate.feeds.selection import Criterion, criteria
from syndicate.model.post import PostState, TrackedPost
from syndicate.settings.schema import FeedSettings


class Catalogue:
    """The posts that are there, in the order of feeds, and by whatever a feed has asked for so far."""

    def __init__(self, posts: Iterable[TrackedPost]) -> None:
        self._posts = ordered(each for each in posts if each.state is not PostState.GONE)
        #: By what is asked for, and by name: where in the order.
        self._named: dict[str, Mapping[str, Sequence[int]]] = {}

    def selected(self, feed: FeedSettings) -> list[TrackedPost]:
        """Give the posts that a feed is made of, the newest first, no more than its limit."""
        return list(islice(self.matching(feed), max(feed.limit, 0)))

    def archived(self, feed: FeedSettings) -> list[TrackedPost]:
        """Give the posts that a feed's archive is made of, in the order in which they were first seen."""
        return sorted(self.matching(feed), key=lambda each: each.id) if feed.archives else []

    def matching(self, feed: FeedSettings) -> Iterator[TrackedPost]:
        """Give the posts that a feed would hold if it had room for all, the newest first."""
        places = [self._places(each) for each in criteria(feed)]
        if not places:
            return iter(self._posts)
        return (self._posts[at] for at in sorted(set.intersection(*places)))

    def _places(self, criterion: Criterion) -> set[int]:
        if criterion.key not in self._named:
            self._named[criterion.key] = self._by_name(criterion)
        named = self._named[criterion.key]
        return {at for name in criterion.folded for at in named.get(name, ())}

    def _by_name(self, criterion: Criterion) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = {}
        for at, tracked in enumerate(self._posts):
            for name in criterion.names(tracked.post):
                places.setdefault(name.casefold(), []).append(at)
        return places
