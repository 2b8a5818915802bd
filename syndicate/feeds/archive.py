"""A feed's archive: every post it ever held, in numbered volumes that stay as they are (RFC 5005 §4).

Volumes are filled in the order in which posts were first seen, whatever their dates say: so a new post, which
may well carry an old date, goes into the last volume, and no other one changes.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from syndicate.feeds.entry import ordered
from syndicate.feeds.feed import Feed, Place
from syndicate.model.post import PostId, TrackedPost

#: What a volume holds when the next one begins.
ENTRIES = 50
#: What it may hold when older posts join it later, by a tag they get.
_ENTRIES_AT_MOST = 2 * ENTRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One document of an archive, in every format."""

    place: Place
    #: The newest first.
    posts: tuple[TrackedPost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The volumes of a feed, the oldest first."""

    #: The id that each volume begins with, also of those that hold nothing any more.
    beginnings: tuple[PostId, ...] = ()
    volumes: tuple[Volume, ...] = ()

    @property
    def place(self) -> Place:
        """Give the place of the feed's own document: before the newest volume."""
        return Place(older=self.volumes[-1].place.number) if self.volumes else Place()


def archive(posts: Sequence[TrackedPost], *, known: Sequence[PostId] = ()) -> Archive:
    """Give the archive of ``posts``, which are in the order of their ids.

    Volumes that began with a ``known`` id do so again: a post that left makes its own volume shorter.
    """
    ids = [tracked.id for tracked in posts]
    beginnings = _beginnings(ids, known)
    sizes = Counter(_number(beginnings, each) for each in ids)
    if max(sizes.values(), default=0) > _ENTRIES_AT_MOST:
        beginnings = _beginnings(ids, ())
    return Archive(beginnings=beginnings, volumes=_volumes(posts, beginnings))


def volume_feed(feed: Feed, place: Place) -> Feed:
    """Give the feed as a volume says it: a hub isn't asked about what stays."""
    return replace(feed, place=place, hub_url="", stylesheet=f"../../{feed.stylesheet}")


def _beginnings(ids: Sequence[PostId], known: Sequence[PostId]) -> tuple[PostId, ...]:
    if not known:
        return tuple(ids[::ENTRIES])
    in_the_last = ids[bisect_left(ids, known[-1]) :]
    return (*known, *in_the_last[ENTRIES::ENTRIES])


def _number(beginnings: Sequence[PostId], post: PostId) -> int:
    return max(1, bisect_right(beginnings, post))


def _volumes(posts: Sequence[TrackedPost], beginnings: Sequence[PostId]) -> tuple[Volume, ...]:
    held: dict[int, list[TrackedPost]] = {}
    for tracked in posts:
        held.setdefault(_number(beginnings, tracked.id), []).append(tracked)
    numbers = sorted(held)
    places = zip((0, *numbers), numbers, (*numbers[1:], 0), strict=False)
    return tuple(
        Volume(place=Place(number=number, older=older, newer=newer), posts=tuple(ordered(held[number])))
        for older, number, newer in places
    )
