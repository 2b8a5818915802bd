"""What each entry has to have: a title, a text, an author."""

import re
from collections.abc import Iterator

from syndicate.feeds.linting.document import Document, Entry
from syndicate.feeds.linting.json_reading import objects
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import Rule, rule
from syndicate.feeds.linting.xml_reading import ATOM
from syndicate.model.finding import Severity, Spot

#: And its name (RFC 5321 §4.5.3.1 has 254 for the address); the expression takes the square of the length.
_LONGEST_ADDRESS = 400
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+(?:\s+\(.*\))?")


@rule(
    "entry-title",
    Severity.WARNING,
    title="Every entry has a title",
    why="Lists of posts show “untitled”, and people pass over it.",
    source="RFC 4287 §4.1.2; RSS Advisory Board, Best Practices: title",
)
def entry_title(feed: Document) -> Iterator[Spot]:
    """Find none, or empty ones; JSON Feed lets short posts go without the key."""
    for entry in feed.entries:
        absent = entry.title is None and feed.kind is not Kind.JSON
        if absent or (entry.title is not None and not entry.title.value.strip()):
            remedy = "write the opening of the post, if it has no title of its own"
            yield Spot("it has no title", remedy, entry.line, entry.part)


@rule(
    "entry-content",
    Severity.ERROR,
    title="Every entry says something",
    why="An entry needs a text, or in Atom a link to one.",
    source="RFC 4287 §4.1.2; RSS 2.0, Elements of <item>; JSON Feed 1.1, Items: content_html",
)
def entry_content(feed: Document) -> Iterator[Spot]:
    """Find entries that the format doesn't allow to be so short."""
    for entry in feed.entries:
        if not _says_something(entry, feed.kind):
            yield Spot("it has neither a text nor a link", "give it its text", entry.line, entry.part)


def _says_something(entry: Entry, kind: Kind | None) -> bool:
    names = {text.name for text in entry.texts if text.value.strip()}
    if kind is Kind.ATOM:
        return "content" in names or any(link.rel == "alternate" for link in entry.links) or _refers(entry)
    if kind is Kind.RSS:
        return bool(names)
    return "content_html" in names or bool(entry.node.get("content_text"))


def _refers(entry: Entry) -> bool:
    content = entry.node.find(f"{ATOM}content")
    return content is not None and bool(content.get("src"))


@rule(
    "author",
    Severity.ERROR,
    title="Every Atom entry has an author, or its feed has",
    why="The element is required; readers show who wrote.",
    source="RFC 4287 §4.1.1, §4.1.2, §4.2.1",
    kinds=frozenset({Kind.ATOM}),
)
def author(feed: Document) -> Iterator[Spot]:
    """Find entries that nobody wrote, and authors without a name."""
    everybody = feed.node.find(f"{ATOM}author") is not None
    for entry in feed.entries:
        own = entry.node.find(f"{ATOM}author") is not None or entry.node.find(f"{ATOM}source") is not None
        if not own and not everybody:
            yield Spot("it has no author", "name one in it, or in the feed", entry.line, entry.part)
    for person in feed.node.iter(f"{ATOM}author", f"{ATOM}contributor"):
        if not (person.findtext(f"{ATOM}name") or "").strip():
            yield Spot("an author has no name", "write one, or leave the author out", person.sourceline)


@rule(
    "rss-author",
    Severity.WARNING,
    title="An RSS author is a mailbox",
    why="The element is for an address; names belong into dc:creator, and readers look there.",
    source="RSS 2.0, author; RSS Advisory Board, Best Practices: author",
    kinds=frozenset({Kind.RSS}),
)
def rss_author(feed: Document) -> Iterator[Spot]:
    """Find mere names."""
    for entry in feed.entries:
        for each in entry.node.findall("author"):
            if not _ADDRESS.fullmatch((each.text or "").strip()[:_LONGEST_ADDRESS]):
                remedy = "write <dc:creator> for a name"
                yield Spot(f"<author> is {each.text!r}, and no mailbox", remedy, each.sourceline, entry.part)


@rule(
    "json-author",
    Severity.WARNING,
    title="JSON Feed names authors in a list",
    why="author is of version 1.0, and there can be only one.",
    source="JSON Feed 1.1, Top-level: authors",
    kinds=frozenset({Kind.JSON}),
)
def json_author(feed: Document) -> Iterator[Spot]:
    """Find the old key."""
    owners = [("", feed.node), *((entry.part, entry.node) for entry in feed.entries)]
    for part, owner in owners:
        if "author" in owner and "authors" not in owner:
            yield Spot('"author" is outdated', 'write "authors": [ … ]', part=part)
        if any(not {"name", "url", "avatar"} & set(each) for each in objects(owner, "authors")):
            yield Spot("an author has neither name, url nor avatar", "write one of them", part=part)


RULES: tuple[Rule, ...] = (
    entry_title,
    entry_content,
    author,
    rss_author,
    json_author,
)
