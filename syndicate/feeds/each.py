"""One feed for each tag, category, author or language that enough posts have, without writing them out."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from syndicate.feeds import characters
from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.selection import language_ranges
from syndicate.model.post import Post, TrackedPost
from syndicate.settings.schema import FeedSettings

#: By the word of the settings: the key that chooses posts by it, and a post's own.
_KEYS: Mapping[str, tuple[str, Callable[[Post], tuple[str, ...]]]] = MappingProxyType(
    {
        "tag": ("tags", lambda post: post.tags),
        "category": ("categories", lambda post: post.categories),
        "author": ("authors", lambda post: post.authors),
        "language": ("languages", lambda post: language_ranges(post)[:1]),
    }
)
#: Letters, the marks that belong to them, and digits.
_OF_WORDS = frozenset({"L", "M", "N"})
_SLUG_BYTES = 60


def spelt_out(feeds: Sequence[FeedSettings], posts: Sequence[TrackedPost]) -> tuple[FeedSettings, ...]:
    """Give the feeds as they are published: one that stands for many is replaced by these, by name.

    The name of each depends on nothing but the tag, unless another tag reads the same in an address.
    """
    taken = {feed.name for feed in feeds if not feed.each}
    spelt: list[FeedSettings] = []
    for feed in feeds:
        for one in _one_each(feed, posts, taken) if feed.each else (feed,):
            taken.add(one.name)
            spelt.append(one)
    return tuple(spelt)


def unmet(feeds: Iterable[FeedSettings], posts: Sequence[TrackedPost]) -> Iterator[str]:
    """Give one line for each feed that stands for many and comes to none."""
    for feed in feeds:
        if feed.each and not _wanted(feed, posts):
            few = "1 post" if feed.at_least == 1 else f"{feed.at_least} posts"
            yield f'feeds: "{feed.name}": no {feed.each} has {few}; lower at_least, or leave the feed out'


def slug(name: str) -> str:
    """Give a name as a folder's: its letters of any script and digits, with hyphens between them.

    Where more than spaces was lost, or too much to fit, a hash of the name keeps it apart from others.
    """
    folded = _folded(name)
    kept = "".join(each if unicodedata.category(each)[0] in _OF_WORDS else " " for each in folded)
    short = "-".join(kept.split()).encode()[:_SLUG_BYTES].decode(errors="ignore").strip("-")
    return short if short == folded.replace(" ", "-") else "-".join(filter(None, (short, _hash(folded))))


def _one_each(
    feed: FeedSettings, posts: Sequence[TrackedPost], taken: Iterable[str]
) -> Iterator[FeedSettings]:
    (key, _), used = _KEYS[feed.each], set(taken)
    # Who reads the same as an address does has the first word: "new-york" before "new york".
    for name in sorted(_wanted(feed, posts), key=lambda each: (slug(each) != _folded(each), _folded(each))):
        folder = f"{feed.name}-{slug(name)}"
        if folder in used:
            folder = f"{folder}-{_hash(_folded(name))}"
        used.add(folder)
        title = f"{feed.title} | {name}" if feed.title else name
        chosen: dict[str, Any] = {key: (name,)}
        yield replace(feed, each="", name=folder, title=title, **chosen)


def _wanted(feed: FeedSettings, posts: Sequence[TrackedPost]) -> list[str]:
    """Give the names that enough posts have, each as most of them write it."""
    key, names = _KEYS[feed.each]
    # Of a post's tags only those that are asked for; of its languages there is one, and it was.
    asked = set() if feed.each == "language" else {name.casefold() for name in getattr(feed, key)}
    spellings: dict[str, Counter[str]] = {}
    for tracked in Catalogue(posts).matching(feed):
        for name in {name.casefold(): name for name in names(tracked.post)}.values():
            if characters.plain(name) and (not asked or name.casefold() in asked):
                spellings.setdefault(name.casefold(), Counter())[name] += 1
    many = (found for found in spellings.values() if found.total() >= feed.at_least)
    return [max(sorted(found), key=found.__getitem__) for found in many]


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", characters.plain(name)).casefold().split())


def _hash(folded: str) -> str:
    return hashlib.sha256(ascii(folded).encode()).hexdigest()[:8]
