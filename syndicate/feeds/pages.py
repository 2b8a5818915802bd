"""The feeds as pages for people: one beside each feed, and one that lists them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from unicodedata import east_asian_width
from urllib.parse import quote
from zoneinfo import ZoneInfo

from syndicate import templating
from syndicate.feeds.composition import Composed
from syndicate.feeds.entry import DEFAULT_LANGUAGE, Entry
from syndicate.feeds.feed import Feed
from syndicate.feeds.format import Format
from syndicate.model.language import direction, language_tag
from syndicate.model.site import Site
from syndicate.templating.phrases import Phrases

if TYPE_CHECKING:
    from jinja2 import Environment

OVERVIEW = "feeds/index.html"
HOME = "index.html"
#: In the folder ``style`` of the web root: for pages, and for the XML documents themselves.
STYLESHEETS = ("page.css", "feed.css")

#: How much of a summary a page shows, in columns: a Chinese character takes two.
_COLUMNS = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where one format of a feed is."""

    title: str
    media_type: str
    #: From the page.
    href: str
    #: To be copied; the same as ``href`` while nobody knows where the feeds will be published.
    url: str
    absolute: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A feed in the list of all feeds."""

    name: str
    title: str
    description: str
    language: str
    direction: Literal["ltr", "rtl"]
    home_url: str
    entries: int
    addresses: tuple[Address, ...]
    latest: "Shown | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry on a page."""

    url: str
    title: str
    authors: tuple[str, ...]
    date: str
    #: RFC 3339, for machines.
    instant: str
    summary: str
    language: str
    direction: Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All feeds of a site."""

    feeds: Sequence[Listed]
    site: Site


def feed_page(composed: Composed, environment: "Environment", *, zone: str, words: Phrases) -> bytes:
    """Give the page beside a feed."""
    feed = composed.feed
    values = {
        "feed": feed,
        "direction": direction(feed.language),
        "addresses": _addresses(feed, composed.formats, folder=""),
        "entries": [_shown(entry, zone, words) for entry in feed.entries],
        "words": words,
    }
    return templating.rendered(environment, "web/feed.html", values).encode()


def overview_page(overview: Overview, environment: "Environment", *, folder: str, words: Phrases) -> bytes:
    """Give the page that lists all feeds; ``folder`` is where it stands under the web root, "" at its top."""
    values = {
        "site": overview.site,
        "language": language_tag(overview.site.language, otherwise=DEFAULT_LANGUAGE),
        "feeds": overview.feeds,
        "words": words,
        "to_feeds": "" if folder else "feeds/",
        "to_root": "../" if folder else "",
    }
    return templating.rendered(environment, "web/feeds.html", values).encode()


def listed(  # noqa: PLR0913 - what is said of it, each by name
    feed: Feed,
    formats: tuple[Format, ...],
    *,
    entries: int,
    latest: Entry | None,
    zone: str,
    words: Phrases,
) -> Listed:
    """Give what the list of all feeds says of one that holds so many entries, and ``latest`` before them."""
    return Listed(
        name=feed.name,
        title=feed.title,
        description=feed.description,
        language=feed.language,
        direction=direction(feed.language),
        home_url=feed.home_url,
        entries=entries,
        addresses=_addresses(feed, formats, folder=f"{quote(feed.name)}/"),
        latest=_shown(latest, zone, words) if latest else None,
    )


def shortened(text: str, columns: int = _COLUMNS) -> str:
    """Give the opening of a text, cut between words, as wide as ``columns`` at most."""
    width = 0
    for at, character in enumerate(text):
        width += 2 if east_asian_width(character) in "FW" else 1
        if width > columns:
            head = text[:at]
            return f"{head.rsplit(' ', 1)[0] if ' ' in head[-20:] else head}…"
    return text


def _shown(entry: Entry, zone: str, words: Phrases) -> Shown:
    return Shown(
        url=entry.url,
        title=entry.title,
        authors=entry.authors,
        date=words.day(_local_day(entry.published, zone)),
        instant=entry.published.isoformat(),
        summary=shortened(entry.summary),
        language=entry.language,
        direction=direction(entry.language),
    )


def _local_day(published: datetime, zone: str) -> date:
    try:
        return published.astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # the first or last day there is, on the wrong side of Greenwich
        return published.date()


def _addresses(feed: Feed, formats: tuple[Format, ...], *, folder: str) -> tuple[Address, ...]:
    return tuple(
        Address(
            title=each.title,
            media_type=each.media_type,
            href=f"{folder}{each.filename}",
            url=feed.self_url(each.filename) or f"{folder}{each.filename}",
            absolute=bool(feed.folder_url),
        )
        for each in formats
    )
