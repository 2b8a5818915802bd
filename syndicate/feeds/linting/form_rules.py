"""Whether it can be read at all, and whether it is what it says it is."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from syndicate.feeds.linting.document import Document
from syndicate.feeds.linting.json_reading import objects
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.reading import declared_encoding
from syndicate.feeds.linting.rule import UNREAD, XML, Rule, rule
from syndicate.feeds.linting.vocabulary import (
    ATOM_ELEMENTS,
    JSON_FLAGS,
    JSON_ITEM_KEYS,
    JSON_KEYS,
    JSON_LISTS,
    JSON_TEXTS,
    ONCE,
    RSS_ELEMENTS,
)
from syndicate.feeds.linting.xml_reading import ATOM, local_name
from syndicate.model.finding import Severity, Spot

#: The largest document that the W3C's validator takes.
LARGE_BYTES = 5_000_000
_C1 = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_HEAD_BYTES = 4_096
_VERSION = "https://jsonfeed.org/version/1.1"
_JSON_TYPES: Mapping[str, tuple[type, str]] = MappingProxyType(
    {
        **dict.fromkeys(JSON_TEXTS, (str, "a text")),
        **dict.fromkeys(JSON_LISTS, (list, "a list")),
        **dict.fromkeys(JSON_FLAGS, (bool, "true or false")),
    }
)
_JSON_KINDS = {
    str: "a text",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


@rule(
    "well-formed",
    Severity.ERROR,
    title="It can be parsed",
    why="A reader that can't parse a feed shows nothing of it, or the last it had.",
    source="XML 1.0 §2.1; RFC 8259 §2",
    kinds=UNREAD,
)
def well_formed(feed: Document) -> Iterator[Spot]:
    """Find what no parser reads."""
    if feed.problem_rule == "well-formed":
        yield Spot(f"it can't be parsed: {feed.problem}", "mend that place", feed.problem_line)


@rule(
    "encoding",
    Severity.ERROR,
    title="Its bytes are in the encoding that it names",
    why="Readers stop at the first byte that can't be, or show � for letters.",
    source="RFC 7303 §3; XML 1.0 §4.3.3; RFC 8259 §8.1",
    kinds=UNREAD,
)
def encoding(feed: Document) -> Iterator[Spot]:
    """Find bytes that are something else."""
    if feed.problem_rule == "encoding":
        yield Spot(feed.problem, "write the document in UTF-8, and say so", feed.problem_line)


@rule(
    "format",
    Severity.ERROR,
    title="It is RSS 2.0, Atom 1.0 or JSON Feed 1.1",
    why="Readers take it for a page or for nothing. A page of errors with status 200 looks like this, too.",
    source="RSS 2.0; RFC 4287; JSON Feed 1.1",
    kinds=UNREAD,
)
def is_a_feed(feed: Document) -> Iterator[Spot]:
    """Find what is no feed."""
    if feed.problem_rule == "format":
        yield Spot(feed.problem, "write one of RSS 2.0, Atom 1.0 and JSON Feed 1.1")


@rule(
    "utf-8",
    Severity.HINT,
    title="It is written in UTF-8",
    why="Every reader knows UTF-8, and every other encoding is one more thing to get wrong.",
    source="RFC 4287 §2; W3C, Feed validation: encoding",
    kinds=XML,
)
def utf_8(feed: Document) -> Iterator[Spot]:
    """Find other encodings."""
    declared = declared_encoding(feed.content)
    if declared not in {"utf-8", "us-ascii"}:
        yield Spot(f"it is in {declared.upper()}", "write it in UTF-8", 1)


@rule(
    "byte-order-mark",
    Severity.ERROR,
    title="JSON begins without a byte order mark",
    why="Strict parsers refuse the whole document.",
    source="RFC 8259 §8.1",
    kinds=frozenset({Kind.JSON}),
)
def byte_order_mark(feed: Document) -> Iterator[Spot]:
    """Find a mark before the first brace."""
    if feed.content.startswith(b"\xef\xbb\xbf"):
        yield Spot("it begins with a byte order mark", "write it without")


@rule(
    "doctype",
    Severity.WARNING,
    title="It has no document type",
    why="Careful readers refuse one, for one can make them read files, or swell without end.",
    source="RSS Advisory Board, Best Practices: Entities; OWASP, XML External Entity Prevention",
    kinds=XML,
)
def doctype(feed: Document) -> Iterator[Spot]:
    """Find a DTD."""
    if _DOCTYPE.search(feed.content[:_HEAD_BYTES]):
        yield Spot("it has a <!DOCTYPE>", "leave it out, and write letters instead of entities", 1)


@rule(
    "control-characters",
    Severity.WARNING,
    title="No text holds control characters",
    why="They are what is left of a wrong encoding; some readers refuse them, others show boxes.",
    source="XML 1.0 §2.2; RFC 8259 §7",
)
def control_characters(feed: Document) -> Iterator[Spot]:
    """Find them in the texts of feed and entries."""
    places = [("", feed.texts), *((entry.part, entry.texts) for entry in feed.entries)]
    for part, texts in places:
        for text in texts:
            found = _C1.search(text.value)
            if found:
                what = f"{text.name} holds the control character U+{ord(found[0]):04X}"
                yield Spot(what, "take it out where the text comes from", text.line, part)


@rule(
    "size",
    Severity.WARNING,
    title="It is smaller than 5 MB",
    why="Readers have limits and skip what is larger; and everybody who polls without 304 fetches all of it.",
    source="W3C feed validator, its own limit",
)
def size(feed: Document) -> Iterator[Spot]:
    """Find a feed that is too large."""
    if len(feed.content) > LARGE_BYTES:
        yield Spot(
            f"it has {len(feed.content):,} bytes", "show fewer entries (limit, max_bytes), or excerpts"
        )


@rule(
    "rss-version",
    Severity.ERROR,
    title="RSS says that it is version 2.0",
    why="The element is required, and readers choose by it how to read.",
    source="RSS 2.0, What is RSS?",
    kinds=frozenset({Kind.RSS}),
)
def rss_version(feed: Document) -> Iterator[Spot]:
    """Find another version, or none."""
    version = feed.node.get("version")
    if version != "2.0":
        yield Spot(f'<rss version="{version or ""}">', 'write <rss version="2.0">', feed.node.sourceline)


@rule(
    "json-version",
    Severity.ERROR,
    title="JSON Feed names its version's address",
    why="It is how readers know the format.",
    source="JSON Feed 1.1, Top-level: version",
    kinds=frozenset({Kind.JSON}),
)
def json_version(feed: Document) -> Iterator[Spot]:
    """Find another address, or none."""
    if feed.node.get("version") != _VERSION:
        yield Spot(f"version is {feed.node.get('version')!r}", f'write "{_VERSION}"')


@rule(
    "rss-channel",
    Severity.ERROR,
    title="RSS has one channel",
    why="All there is to read stands in it.",
    source="RSS 2.0, Required channel elements",
    kinds=frozenset({Kind.RSS}),
)
def rss_channel(feed: Document) -> Iterator[Spot]:
    """Find none, or several."""
    channels = len(feed.node.findall("channel"))
    if channels != 1:
        yield Spot(f"<rss> holds {channels} <channel> elements", "write one", feed.node.sourceline)


@rule(
    "unknown-element",
    Severity.WARNING,
    title="Every element is one of the format's, or in a namespace",
    why="What the format hasn't got is passed over; most often it is a misspelt or leaked tag.",
    source="RFC 4287 §6.2; RSS 2.0, Extending RSS",
    kinds=XML,
)
def unknown_element(feed: Document) -> Iterator[Spot]:
    """Find elements that nobody defined."""
    known = {f"{ATOM}{name}" for name in ATOM_ELEMENTS} if feed.kind is Kind.ATOM else RSS_ELEMENTS
    for element in _own_elements(feed):
        ours = element.tag.startswith(ATOM) if feed.kind is Kind.ATOM else False
        if element.tag not in known and (ours or "}" not in element.tag):
            name = local_name(element)
            yield Spot(f"<{name}> is no element of {feed.kind}", "correct its name", element.sourceline)


@rule(
    "repeated-element",
    Severity.ERROR,
    title="What there may be one of, there is one of",
    why="Readers take the first, or the last, or none.",
    source="RFC 4287 §4.1.1, §4.1.2; RSS 2.0, Elements of <item>",
    kinds=XML,
)
def repeated_element(feed: Document) -> Iterator[Spot]:
    """Find doubles in the feed and in each entry."""
    once = ONCE.get(feed.kind, frozenset()) if feed.kind else frozenset()
    space = ATOM if feed.kind is Kind.ATOM else ""
    owners = [("", _head(feed)), *((entry.part, entry.node) for entry in feed.entries)]
    for part, owner in owners:
        seen: set[str] = set()
        for child in owner:
            name = local_name(child)
            own = child.tag == f"{space}{name}"
            if own and name in once and name in seen:
                yield Spot(f"<{name}> stands twice", "leave one", child.sourceline, part)
            seen |= {name} if own else set()


@rule(
    "json-types",
    Severity.ERROR,
    title="Every value is of its key's type",
    why="Readers written in a typed language refuse the whole feed.",
    source="JSON Feed 1.1, Top-level, Items",
    kinds=frozenset({Kind.JSON}),
)
def json_types(feed: Document) -> Iterator[Spot]:
    """Find texts that are numbers, lists that are texts, and the like."""
    owners = [("", feed.node), *((entry.part, entry.node) for entry in feed.entries)]
    for part, owner in owners:
        for key, value in owner.items():
            wanted = _JSON_TYPES.get(key)
            if wanted is not None and not isinstance(value, wanted[0]):
                said = _JSON_KINDS.get(type(value), "a number")
                yield Spot(f"{key} is {said}", f"write {wanted[1]}", part=part)
        tags = owner.get("tags")
        if isinstance(tags, list) and not all(isinstance(tag, str) for tag in tags):
            yield Spot("tags holds something else than texts", "write texts", part=part)
    items = feed.node.get("items")
    if isinstance(items, list) and len(objects(feed.node, "items")) != len(items):
        yield Spot("items holds something else than objects", "write an object for each entry")
    if "items" not in feed.node:
        yield Spot("there is no items", "write items, if empty")


@rule(
    "json-unknown-key",
    Severity.HINT,
    title="Every key is one of the format's, or begins with an underscore",
    why="It is passed over, and may come to mean something else in a later version.",
    source="JSON Feed 1.1, Extensions",
    kinds=frozenset({Kind.JSON}),
)
def json_unknown_key(feed: Document) -> Iterator[Spot]:
    """Find keys that nobody defined."""
    owners = [
        ("", feed.node, JSON_KEYS),
        *((entry.part, entry.node, JSON_ITEM_KEYS) for entry in feed.entries),
    ]
    for part, owner, known in owners:
        for key in owner:
            if key not in known and not key.startswith("_"):
                yield Spot(f'"{key}" is no key of JSON Feed', f'call it "_{key}", or correct it', part=part)


def _own_elements(feed: Document) -> Iterator[Any]:
    """Give the elements down to the children of entries: deeper is what others defined."""
    head = _head(feed)
    yield from (each for each in head if isinstance(each.tag, str))
    for entry in feed.entries:
        yield from (each for each in entry.node if isinstance(each.tag, str))


def _head(feed: Document) -> Any:  # noqa: ANN401 - lxml's element
    if feed.kind is Kind.ATOM:
        return feed.node
    channel = feed.node.find("channel")
    return () if channel is None else channel


RULES: tuple[Rule, ...] = (
    well_formed,
    encoding,
    is_a_feed,
    utf_8,
    byte_order_mark,
    doctype,
    control_characters,
    size,
    rss_version,
    json_version,
    rss_channel,
    unknown_element,
    repeated_element,
    json_types,
    json_unknown_key,
)
