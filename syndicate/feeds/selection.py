"""What a feed asks of its posts, how many have room in it, and why it holds none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from syndicate.feeds.entry import Entry
from syndicate.model.language import language_tag
from syndicate.model.post import Post, PostState, TrackedPost
from syndicate.settings.schema import FeedSettings

#: What an entry weighs beside its texts: tags, dates, links.
_ENTRY_BYTES = 1_000
#: What a character weighs: ``&amp;``.
_MOST_BYTES = 5
_Names = Callable[[Post], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that a feed asks of its posts."""

    #: The key of the settings that says so.
    key: str
    #: How a post meets it, in words.
    claim: str
    wanted: tuple[str, ...]
    #: In no particular case.
    folded: frozenset[str]
    #: Those a post has.
    names: _Names


def emptiness(posts: Sequence[TrackedPost], feed: FeedSettings) -> str:
    """Give in words why a feed holds no post, and what to do."""
    left = [each.post for each in posts if each.state is not PostState.GONE]
    if not left:
        return "the site has no post yet; write one, or look at what `syndicate posts` says"
    for criterion in criteria(feed):
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


def is_heavier(entry: Entry, max_bytes: int) -> bool:
    """Say whether an entry alone weighs more than that; hardly one comes near enough to be weighed."""
    at_most = _MOST_BYTES * (len(entry.content) + len(entry.summary)) + _ENTRY_BYTES
    return at_most > max_bytes and weight(entry) > max_bytes


def weight(entry: Entry) -> int:
    """Give how many bytes an entry takes in the largest of the formats, nearly."""
    markup = 3 * (entry.content.count("<") + entry.content.count(">")) + 4 * entry.content.count("&")
    return len(entry.content.encode()) + markup + len(entry.summary.encode()) + _ENTRY_BYTES


def _any_wanted(criterion: Criterion, post: Post) -> bool:
    return not criterion.folded.isdisjoint(name.casefold() for name in criterion.names(post))


def criteria(feed: FeedSettings) -> tuple[Criterion, ...]:
    """Give all that a feed asks of a post; none where it takes every one."""
    asked: tuple[tuple[str, str, _Names], ...] = (
        ("collections", "is in the collection", lambda post: (post.collection,)),
        ("categories", "has the category", lambda post: post.categories),
        ("tags", "has the tag", lambda post: post.tags),
        ("authors", "is by", lambda post: post.authors),
        ("languages", "is in the language", language_ranges),
    )
    wanted = {key: getattr(feed, key) for key, _, _ in asked}
    return tuple(
        Criterion(
            key=key,
            claim=claim,
            wanted=wanted[key],
            folded=frozenset(map(str.casefold, wanted[key])),
            names=names,
        )
        for key, claim, names in asked
        if wanted[key]
    )


def language_ranges(post: Post) -> tuple[str, ...]:
    """Give the tags that a post's language is in (RFC 4647 §3.3.1): "pt-BR" and "pt"."""
    parts = language_tag(post.language).split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def _choice(names: list[str], *, shown: int = 8) -> str:
    if not names:
        return "no post names any; leave that key of the feed out"
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return "choose among " + ", ".join(f'"{name}"' for name in names[:shown]) + more
