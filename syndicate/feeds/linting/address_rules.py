"""Where a feed and its entries are, and where their links lead."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from syndicate.feeds.linting.document import Document, Link
from syndicate.feeds.linting.json_reading import objects
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import XML, Rule, rule
from syndicate.model.finding import Severity, Spot

_JSON = frozenset({Kind.JSON})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?", re.ASCII)
_OWN_TYPES = {
    Kind.ATOM: frozenset({"application/atom+xml"}),
    Kind.RSS: frozenset({"application/rss+xml", "application/rdf+xml", "application/xml", "text/xml"}),
    Kind.JSON: frozenset({"application/feed+json", "application/json"}),
}


@rule(
    "self-link",
    Severity.WARNING,
    title="The feed names its own address",
    why="Readers that are handed the file find it again by it, and hubs know it by nothing else.",
    source="RFC 4287 §4.1.1; RSS Advisory Board, Best Practices: atom:link; JSON Feed 1.1: feed_url",
)
def self_link(feed: Document) -> Iterator[Spot]:
    """Find a feed that doesn't."""
    if not feed.self_links:
        how = '"feed_url"' if feed.kind is Kind.JSON else 'a link with rel="self"'
        yield Spot("the feed doesn't name its own address", f"write it as {how}")


@rule(
    "self-elsewhere",
    Severity.WARNING,
    title="The address a feed names is the one it is at",
    why="Readers may go on with the other address, and hubs announce only that one.",
    source="RFC 4287 §4.2.7.2 (self); WebSub §4; W3C, Feed validation: SelfDoesntMatchLocation",
)
def self_elsewhere(feed: Document) -> Iterator[Spot]:
    """Find one that names another, where it is known whence it came."""
    if feed.exchange is None:
        return
    here = {feed.exchange.address, feed.exchange.answered_by}
    for link in feed.self_links:
        if link.href not in here:
            what = f"it says that it is at {link.href}, and came from {feed.exchange.answered_by}"
            yield Spot(what, "let both be the same, to the last slash", link.line)


@rule(
    "self-type",
    Severity.WARNING,
    title="The link to itself names the feed's own type",
    why="Readers that choose among several formats by the type ask the wrong one.",
    source="RFC 4287 §4.2.7.3",
    kinds=XML,
)
def self_type(feed: Document) -> Iterator[Spot]:
    """Find another type."""
    own = _OWN_TYPES[feed.kind] if feed.kind else frozenset()
    for link in feed.self_links:
        if link.type and link.type.partition(";")[0].strip().lower() not in own:
            yield Spot(f"its link to itself has the type {link.type!r}", f"write {min(own)!r}", link.line)


@rule(
    "home-page",
    Severity.HINT,
    title="The feed names the page it belongs to",
    why="A click on the feed's name leads there.",
    source="RFC 4287 §4.1.1 (alternate); JSON Feed 1.1: home_page_url",
    kinds=frozenset({Kind.ATOM, Kind.JSON}),
)
def home_page(feed: Document) -> Iterator[Spot]:
    """Find a feed that doesn't."""
    if not any(link.rel == "alternate" for link in feed.links):
        how = '"home_page_url"' if feed.kind is Kind.JSON else 'a link with rel="alternate"'
        yield Spot("the feed names no page", f"write {how}")


@rule(
    "duplicate-alternate",
    Severity.ERROR,
    title="There is one page for each type and language",
    why="Readers open the first, or the last.",
    source="RFC 4287 §4.1.1, §4.1.2",
    kinds=frozenset({Kind.ATOM}),
)
def duplicate_alternate(feed: Document) -> Iterator[Spot]:
    """Find a second alternate of the same type and language."""
    for part, links in _links(feed):
        seen: set[tuple[str, str]] = set()
        for link in links:
            if link.name != "link" or link.rel != "alternate":
                continue
            if (link.type, link.hreflang) in seen:
                what = f"a second alternate of type {link.type or 'none'!r}, {link.href}"
                yield Spot(what, "leave one, or say what tells them apart", link.line, part)
            seen.add((link.type, link.hreflang))


@rule(
    "relative-link",
    Severity.ERROR,
    title="Every link is a whole address",
    why="There is no page that a reader could see it from.",
    source="RFC 4287 §4.2.7.1 with RFC 3986 §4.2; RSS 2.0, link; JSON Feed 1.1, Items: url",
)
def relative_link(feed: Document) -> Iterator[Spot]:
    """Find relative and empty ones."""
    for part, links in _links(feed):
        for link in links:
            if not _SCHEME.match(link.href):
                what = f"{link.name} leads to {link.href!r}, which is no whole address"
                yield Spot(what, 'write it with "https://"', link.line, part)


@rule(
    "local-address",
    Severity.WARNING,
    title="No link leads to the machine it was written on",
    why="It was tried at home and published by mistake; for everybody else it leads nowhere.",
    source="RFC 6761; RFC 1918",
)
def local_address(feed: Document) -> Iterator[Spot]:
    """Find localhost and private networks, unless the feed itself came from there."""
    if feed.exchange is not None and _is_local(feed.exchange.address):
        return
    for part, links in _links(feed):
        for link in links:
            if _is_local(link.href):
                yield Spot(f"{link.name} leads to {link.href}", "write the public address", link.line, part)
    for entry in feed.entries:
        for text in entry.texts:
            for address in filter(_is_local, text.markup.addresses):
                what = f"its {text.name} leads to {address}"
                yield Spot(what, "write the public address", text.line, entry.part)


@rule(
    "media-type",
    Severity.ERROR,
    title="Types are media types",
    why="Readers decide by them whether they can show or play it.",
    source="RFC 4287 §4.2.7.3; RFC 6838 §4.2; JSON Feed 1.1, Attachments: mime_type",
)
def media_type(feed: Document) -> Iterator[Spot]:
    """Find what is none."""
    for part, links in _links(feed):
        for link in links:
            if link.type and not _MEDIA_TYPE.fullmatch(link.type):
                what = f"{link.name} has the type {link.type!r}"
                yield Spot(what, "write a media type, such as audio/mpeg", link.line, part)


@rule(
    "enclosure",
    Severity.ERROR,
    title="What is attached says where it is, how long and what it is",
    why="Podcast programs refuse an episode whose enclosure lacks one of the three.",
    source="RSS 2.0, enclosure; JSON Feed 1.1, Attachments",
    kinds=frozenset({Kind.RSS, Kind.JSON}),
)
def enclosure(feed: Document) -> Iterator[Spot]:
    """Find what is missing, and lengths that aren't bytes."""
    for entry in feed.entries:
        for each in entry.enclosures:
            missing = [name for name, value in (("url", each.href), ("type", each.type)) if not value]
            if feed.kind is Kind.RSS and each.length is None:
                missing.append("length")
            if missing:
                what = f"its {each.name} says no {' and no '.join(missing)}"
                yield Spot(what, "write all of them", each.line, entry.part)
            if each.length is not None and not each.length.isdecimal():
                what = f"its {each.name} is {each.length!r} long"
                yield Spot(what, "write the number of bytes", each.line, entry.part)


@rule(
    "enclosure-length",
    Severity.HINT,
    title="An attachment's length is known",
    why="Programs show 0 bytes, and some don't load it.",
    source="RFC 4287 §4.2.7.6; RSS Advisory Board, Best Practices: enclosure; JSON Feed 1.1: size_in_bytes",
)
def enclosure_length(feed: Document) -> Iterator[Spot]:
    """Find lengths of zero, and none where the format lets them be left out."""
    for entry in feed.entries:
        for each in entry.enclosures:
            unsaid = each.length is None and feed.kind is not Kind.RSS
            if unsaid or each.length == "0":
                what = f"its {each.name} doesn't say how long it is"
                yield Spot(what, "write the number of bytes", each.line, entry.part)


@rule(
    "next-url",
    Severity.ERROR,
    title="The next page is another page",
    why="A reader that follows it to itself goes round for ever.",
    source="JSON Feed 1.1, Top-level: next_url",
    kinds=_JSON,
)
def next_url(feed: Document) -> Iterator[Spot]:
    """Find a next page that is this one."""
    here = {link.href for link in feed.self_links}
    for link in feed.links:
        if link.rel == "next" and link.href in here:
            yield Spot("next_url is the feed itself", "leave it out on the last page")


@rule(
    "json-hubs",
    Severity.ERROR,
    title="A hub says its type and its address",
    why="Nobody can subscribe to it otherwise.",
    source="JSON Feed 1.1, Top-level: hubs",
    kinds=_JSON,
)
def json_hubs(feed: Document) -> Iterator[Spot]:
    """Find hubs that lack one."""
    for each in objects(feed.node, "hubs"):
        if not each.get("type") or not each.get("url"):
            yield Spot("a hub lacks its type or its url", 'write both: "WebSub", and its address')


def _links(feed: Document) -> Iterator[tuple[str, tuple[Link, ...]]]:
    yield "", feed.links
    for entry in feed.entries:
        yield entry.part, (*entry.links, *entry.enclosures)


def _is_local(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    try:
        found = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return found.is_loopback or found.is_private or found.is_link_local


RULES: tuple[Rule, ...] = (
    self_link,
    self_elsewhere,
    self_type,
    home_page,
    duplicate_alternate,
    relative_link,
    local_address,
    media_type,
    enclosure,
    enclosure_length,
    next_url,
    json_hubs,
)
