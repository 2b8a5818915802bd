"""Which posts a feed holds, and why it holds none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from syndicate.feeds.entry import Entry, ordered
from syndicate.model.post import Post, PostState, TrackedPost
from syndicate.settings.schema import FeedSettings

#: What an entry weighs beside its texts: tags, dates, links.
_ENTRY_BYTES = 1_000
_Names = Callable[[Post], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Criterion:
    #: How a post meets it, in words.
    claim: str
    wanted: tuple[str, ...]
    #: In no particular case.
    folded: frozenset[str]
    #: Those a post has.
    names: _Names


def selected(posts: Iterable[TrackedPost], feed: FeedSettings) -> list[TrackedPost]:
    """Give the posts that a feed is made of, the newest first, no more than its limit."""
    return newest(ordered(posts), feed)


def newest(in_order: Iterable[TrackedPost], feed: FeedSettings) -> list[TrackedPost]:
    """Give what ``selected`` does of posts that come in a feed's order, looking at no more than it needs."""
    return list(islice(matching(in_order, feed), max(feed.limit, 0)))


def archived(posts: Iterable[TrackedPost], feed: FeedSettings) -> list[TrackedPost]:
    """Give the posts that a feed's archive is made of, in the order in which they were first seen."""
    return sorted(matching(posts, feed), key=lambda each: each.id) if feed.archives else []


def matching(posts: Iterable[TrackedPost], feed: FeedSettings) -> Iterator[TrackedPost]:
    """Give those of the posts that a feed would hold if it had room for all, in their order."""
    criteria = _criteria(feed)
    there = (each for each in posts if each.state is not PostState.GONE)
    return (each for each in there if _matches(each.post, criteria))


def emptiness(posts: Sequence[TrackedPost], feed: FeedSettings) -> str:
    """Give in words why a feed holds no post, and what to do."""
    left = [each.post for each in posts if each.state is not PostState.GONE]
    if not left:
        return "the site has no post yet; write one, or look at what `syndicate posts` says"
    for criterion in _criteria(feed):
        kept = [post for post in left if _any_wanted(criterion, post)]
        if not kept:
            asked = " or ".join(f'"{name}"' for name in criterion.wanted)
            there = sorted({name for post in left for name in criterion.names(post)})
            return f"no post {criterion.claim} {asked}; {_choice(there)}"
        left = kept
    return f"limit = {feed.limit} leaves no room; raise it"


def fitting(entries: Iterable[Entry], max_bytes: int) -> tuple[Entry, ...]:
    """Give the entries, from the first, that fit into a document of ``max_bytes``; at least one.

    Takes no entry from the iterator that it doesn't need: each costs a rendering.
    """
    taken: list[Entry] = []
    room = max_bytes
    for entry in entries:
        room -= weight(entry)
        if room < 0 and taken:
            break
        taken.append(entry)
    return tuple(taken)


def weight(entry: Entry) -> int:
    """Give how many bytes an entry takes in the largest of the formats, nearly."""
    markup = 3 * (entry.content.count("<") + entry.content.count(">")) + 4 * entry.content.count("&")
    return len(entry.content.encode()) + markup + len(entry.summary.encode()) + _ENTRY_BYTES


def _matches(post: Post, criteria: Iterable[_Criterion]) -> bool:
    return all(_any_wanted(each, post) for each in criteria)


def _any_wanted(criterion: _Criterion, post: Post) -> bool:
    return not criterion.folded.isdisjoint(name.casefold() for name in criterion.names(post))


def _criteria(feed: FeedSettings) -> tuple[_Criterion, ...]:
    asked: tuple[tuple[str, tuple[str, ...], _Names], ...] = (
        ("is in the collection", feed.collections, lambda post: (post.collection,)),
        ("has the category", feed.categories, lambda post: post.categories),
        ("has the tag", feed.tags, lambda post: post.tags),
        ("is by", feed.authors, lambda post: post.authors),
    )
    return tuple(
        _Criterion(claim=claim, wanted=wanted, folded=frozenset(map(str.casefold, wanted)), names=names)
        for claim, wanted, names in asked
        if wanted
    )


def _choice(names: list[str], *, shown: int = 8) -> str:
    if not names:
        return "no post names any; leave that key of the feed out"
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return "choose among " + ", ".join(f'"{name}"' for name in names[:shown]) + more
