"""What a feed itself has to have."""

import re
from collections.abc import Iterator

from syndicate.feeds.linting.document import Document
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import Rule, rule
from syndicate.model.finding import Severity, Spot

_ATOM = frozenset({Kind.ATOM})
_RSS = frozenset({Kind.RSS})
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_TAG = re.compile(r"(?:[A-Za-z]{2,8}|[xXiI])(?:-[A-Za-z0-9]{1,8})*")


@rule(
    "feed-title",
    Severity.ERROR,
    title="The feed has a title",
    why="It is what people see in their list of subscriptions.",
    source="RFC 4287 §4.1.1; RSS 2.0, Required channel elements; JSON Feed 1.1, Top-level: title",
)
def feed_title(feed: Document) -> Iterator[Spot]:
    """Find none, or an empty one."""
    if feed.title is None or not feed.title.value.strip():
        line = feed.title.line if feed.title else None
        yield Spot("the feed has no title", "give it one", line)


@rule(
    "feed-id",
    Severity.ERROR,
    title="An Atom feed has an id that is an absolute IRI",
    why="Readers and hubs know the feed by it when it moves.",
    source="RFC 4287 §4.1.1, §4.2.6",
    kinds=_ATOM,
)
def feed_id(feed: Document) -> Iterator[Spot]:
    """Find none, or a relative one."""
    if not feed.id:
        yield Spot("the feed has no <id>", "give it one that never changes")
    elif not _IRI.fullmatch(feed.id):
        yield Spot(f"the feed's id {feed.id!r} is no absolute IRI", "write a whole address, or tag:…")


@rule(
    "feed-updated",
    Severity.ERROR,
    title="An Atom feed says when it last changed",
    why="The element is required; readers skip an entry check when it didn't move.",
    source="RFC 4287 §4.1.1",
    kinds=_ATOM,
)
def feed_updated(feed: Document) -> Iterator[Spot]:
    """Find none."""
    if not feed.dates:
        yield Spot("the feed has no <updated>", "write when its newest entry changed")


@rule(
    "feed-updated-behind",
    Severity.HINT,
    title="The feed is as new as its newest entry",
    why="Who goes by the feed's own date misses the change.",
    source="RFC 4287 §4.2.15",
    kinds=_ATOM,
)
def feed_updated_behind(feed: Document) -> Iterator[Spot]:
    """Find a feed that is older than what is in it."""
    newest = max((e.updated.instant for e in feed.entries if e.updated and e.updated.instant), default=None)
    said = feed.dates[0].instant if feed.dates else None
    if newest and said and said < newest:
        what = f"the feed says {said.isoformat()}, its newest entry {newest.isoformat()}"
        yield Spot(what, "let the feed's <updated> be that of its newest entry", feed.dates[0].line)


@rule(
    "channel-link",
    Severity.ERROR,
    title="An RSS channel names its website",
    why="The element is required, and it is where a click on the feed's name leads.",
    source="RSS 2.0, Required channel elements: link",
    kinds=_RSS,
)
def channel_link(feed: Document) -> Iterator[Spot]:
    """Find none, or an empty one."""
    if not any(link.name == "link" and link.rel == "alternate" and link.href for link in feed.links):
        yield Spot("the channel has no <link>", "write the address of the website")


@rule(
    "channel-description",
    Severity.ERROR,
    title="An RSS channel has a description",
    why="The element is required.",
    source="RSS 2.0, Required channel elements: description",
    kinds=_RSS,
)
def channel_description(feed: Document) -> Iterator[Spot]:
    """Find none, or an empty one."""
    if not any(text.name == "description" and text.value.strip() for text in feed.texts):
        yield Spot("the channel has no <description>", "write a sentence on what it is about")


@rule(
    "language",
    Severity.HINT,
    title="The feed says what language it is in",
    why="Readers hyphenate, read aloud and set the direction of Arabic and Hebrew by it.",
    source="RFC 4287 §2 (xml:lang); RSS 2.0: language; JSON Feed 1.1: language",
)
def language(feed: Document) -> Iterator[Spot]:
    """Find none at all."""
    if not feed.languages:
        yield Spot("the feed names no language", "say it, such as en or pt-BR")


@rule(
    "language-tag",
    Severity.WARNING,
    title="Languages are named by tags",
    why="Words such as “English” mean nothing to programs.",
    source="BCP 47 (RFC 5646) §2.1",
)
def language_tag(feed: Document) -> Iterator[Spot]:
    """Find what is no tag; empty is one."""
    for tag, line, part in feed.languages:
        if tag and not _TAG.fullmatch(tag):
            yield Spot(f"{tag!r} is no language tag", "write one, such as en or pt-BR", line, part)


@rule(
    "no-entries",
    Severity.WARNING,
    title="The feed holds an entry",
    why="Whoever subscribes sees nothing, and nobody notices.",
    source="seen in the wild: a feed of a collection that the site hasn't got",
)
def no_entries(feed: Document) -> Iterator[Spot]:
    """Find an empty feed."""
    if not feed.entries:
        yield Spot("the feed is empty", "look at what it selects")


RULES: tuple[Rule, ...] = (
    feed_title,
    feed_id,
    feed_updated,
    feed_updated_behind,
    channel_link,
    channel_description,
    language,
    language_tag,
    no_entries,
)
