"""A feed as its rules see it: what its formats have in common, and the tree for what they haven't."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.markup import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A title, a summary, a content."""

    #: The element's or the key's name.
    name: str
    value: str
    #: Whether readers take it for HTML.
    html: bool
    line: int | None
    #: What is in it, where it is HTML.
    markup: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address, and what is said of it."""

    #: The element's or the key's name.
    name: str
    href: str
    #: "" where it has none.
    rel: str = ""
    type: str = ""
    hreflang: str = ""
    #: As it is written; ``None`` where it isn't.
    length: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A point in time as it is written."""

    name: str
    text: str
    #: ``None`` where the format doesn't allow what is written.
    instant: datetime | None
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, as it is: nothing is filled in."""

    #: In words: ``entry 3 “Fog”``.
    part: str
    line: int | None
    #: ``None`` where there is none.
    id: str | None
    title: Text | None
    #: Summary and content, and the title.
    texts: tuple[Text, ...]
    #: Every address but enclosures.
    links: tuple[Link, ...]
    enclosures: tuple[Link, ...]
    published: Date | None
    updated: Date | None
    #: lxml's element, or a dictionary.
    node: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """How a feed came over the network: what was asked, and what the server said, names in lower case."""

    address: str
    #: Where it came from in the end; another one after a redirect.
    answered_by: str
    #: The new address, where every redirect was one for good.
    moved_to: str
    headers: Mapping[str, str]
    #: Of the same question asked again, with the validators of the first answer.
    second_status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed as it is: nothing is filled in."""

    #: ``None`` for what is no feed.
    kind: Kind | None
    content: bytes
    #: When it is looked at.
    now: datetime
    #: ``None`` for a file.
    exchange: Exchange | None = None
    #: lxml's root, or a dictionary; ``None`` for what can't be read.
    node: Any = None
    #: Why it can't be read, and the line; "" where it can.
    problem: str = ""
    problem_line: int | None = None
    #: The rule that says so.
    problem_rule: str = ""
    id: str | None = None
    title: Text | None = None
    texts: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    dates: tuple[Date, ...] = ()
    #: Tags, with the line and the part they stand in.
    languages: tuple[tuple[str, int | None, str], ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def self_links(self) -> tuple[Link, ...]:
        """Where the feed says it is."""
        return tuple(link for link in self.links if link.rel == "self")
