"""A remote feed and its entries, as one format or another says them."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; its HTML is anybody's, and no reader's before the sanitiser has seen it."""

    #: As the feed says it; unique within a ``Document``.
    id: str
    #: Absolute address; "" where it names none.
    link: str
    title: str
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    #: ``None`` where the entry has no date.
    published: datetime | None = None
    updated: datetime | None = None
    #: "" for the feed's.
    language: str = ""
    #: Absolute address of its picture; "" for none.
    image: str = ""
    #: HTML; either may be "".
    content: str = ""
    summary: str = ""
    #: What relative addresses in the HTML are seen from; "" for the link.
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One reading of a feed."""

    #: "RSS", "Atom" or "JSON Feed".
    format: str
    title: str = ""
    #: The site's home.
    home: str = ""
    description: str = ""
    language: str = ""
    author: str = ""
    #: In the feed's order.
    entries: tuple[Entry, ...] = ()
    #: How long the feed asks readers to stay away (RSS 2.0 ``ttl``).
    wait: timedelta = timedelta()
    #: One line each: ``what; what to do``.
    warnings: tuple[str, ...] = ()
