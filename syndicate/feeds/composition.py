"""Posts → one feed's entries and documents, within the feed's limits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from syndicate.errors import FeedError
from syndicate.feeds.contents import Contents
from syndicate.feeds.entry import Entry, excerpt_entry, whole_entry
from syndicate.feeds.feed import Feed
from syndicate.feeds.format import Format
from syndicate.feeds.formats import FORMATS
from syndicate.feeds.selection import fitting, is_heavier
from syndicate.model.post import TrackedPost
from syndicate.settings.schema import FeedSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A feed and what is to be written of it."""

    feed: Feed
    formats: tuple[Format, ...]
    #: By file name.
    documents: Mapping[str, bytes]


def formats_of(settings: FeedSettings) -> tuple[Format, ...]:
    """Give the formats a feed is written in; ``FeedError`` for none, and for one that isn't registered."""
    if not settings.formats:
        raise FeedError(f'feeds: "{settings.name}" has no format; use any of {", ".join(FORMATS)}')
    unknown = next((name for name in settings.formats if name not in FORMATS), None)
    if unknown is not None:
        known = ", ".join(FORMATS)
        raise FeedError(f'feeds: "{settings.name}": there is no format "{unknown}"; use any of {known}')
    return tuple(each for name, each in FORMATS.items() if name in settings.formats)


def compose(
    posts: Sequence[TrackedPost],
    contents: Contents,
    *,
    settings: FeedSettings,
    feed: Feed,
    warn: Callable[[str], None],
) -> Composed:
    """Fill ``feed`` from the posts, with as many entries as its ``max_bytes`` allow in every format."""
    entries = _entries(posts, contents, settings=settings, warn=warn)
    taken = tuple(credited(entry, feed.author) for entry in fitting(entries, settings.max_bytes))
    formats = formats_of(settings)
    filled, documents = _within(replace(feed, entries=taken), formats, settings)
    return Composed(feed=filled, formats=formats, documents=documents)


def compose_volume(
    posts: Sequence[TrackedPost],
    contents: Contents,
    *,
    settings: FeedSettings,
    feed: Feed,
    warn: Callable[[str], None],
) -> Composed:
    """Fill ``feed`` from every one of the posts, whatever room its documents then take."""
    entries = _entries(posts, contents, settings=settings, warn=warn)
    filled = replace(feed, entries=tuple(credited(entry, feed.author) for entry in entries))
    formats = formats_of(settings)
    return Composed(feed=filled, formats=formats, documents=_documents(filled, formats, settings))


def _entries(
    posts: Sequence[TrackedPost],
    contents: Contents,
    *,
    settings: FeedSettings,
    warn: Callable[[str], None],
) -> Iterator[Entry]:
    for tracked in posts:
        html = None if settings.content == "excerpt" else contents.of(tracked)
        entry = excerpt_entry(tracked) if html is None else whole_entry(tracked, html)
        if entry.whole and is_heavier(entry, settings.max_bytes):
            where = f'{tracked.post.path}: larger than the max_bytes of the feed "{settings.name}"'
            warn(f"{where}, which shows its excerpt; raise max_bytes or shorten the post")
            entry = excerpt_entry(tracked)
        yield entry


def credited(entry: Entry, author: str) -> Entry:
    """Give the entry with the feed's author where its post names none."""
    return entry if entry.authors or not author else replace(entry, authors=(author,))


def _within(
    feed: Feed, formats: tuple[Format, ...], settings: FeedSettings
) -> tuple[Feed, Mapping[str, bytes]]:
    """Write the documents; drop entries, which were weighed only nearly, until the largest fits."""
    while True:
        documents = _documents(feed, formats, settings)
        largest = max(map(len, documents.values()), default=0)
        if largest <= settings.max_bytes or len(feed.entries) <= 1:
            return feed, documents
        share = len(feed.entries) * settings.max_bytes // largest
        kept = max(1, min(share, len(feed.entries) - 1))
        feed = replace(feed, entries=feed.entries[:kept])


def _documents(feed: Feed, formats: tuple[Format, ...], settings: FeedSettings) -> Mapping[str, bytes]:
    written = _without_summaries(feed) if settings.content == "full" else feed
    return {each.filename: each.write(written) for each in formats}


def _without_summaries(feed: Feed) -> Feed:
    return replace(feed, entries=tuple(replace(entry, summary="") for entry in feed.entries))
