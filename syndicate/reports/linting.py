"""A document from anywhere, held to the rules of its kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

from syndicate.errors import FetchError, SiteError
from syndicate.feeds.linting import Exchange, lint
from syndicate.feeds.selection import emptiness
from syndicate.fetching import Request, Response, fetch
from syndicate.mail.linting import lint as lint_message
from syndicate.model.finding import Finding
from syndicate.settings.schema import FeedSettings, FetchingSettings, Settings
from syndicate.store import posts
from syndicate.store.engine import reading

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
#: No feed and no message is as large, and reading it would take as much memory many times over.
_LARGEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document, and how it came here."""

    #: As the user wrote it: a path or an address.
    name: str
    content: bytes
    #: ``None`` for a file.
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linter:
    """What looks at one kind of document."""

    #: Whether the document is of that kind, or was meant to be.
    claims: Callable[[Fetched], bool]
    lint: Callable[[Fetched, datetime], list[Finding]]


#: What a message begins with that was sent, or is about to be.
_HEADER = re.compile(
    rb"(?:From|To|Date|Subject|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Reply-To|Sender|"
    rb"(?:X|ARC|DKIM|List|Authentication|Content)-[A-Za-z-]{1,60})[ \t]?:|From ",
    re.IGNORECASE,
)
_MESSAGES = Linter(
    claims=lambda document: (
        document.name.lower().endswith(".eml") or _HEADER.match(document.content) is not None
    ),
    lint=lambda document, _now: lint_message(document.content),
)
_FEEDS = Linter(
    claims=lambda _document: True,
    lint=lambda document, now: lint(document.content, now=now, exchange=document.exchange),
)
#: The first that claims a document looks at it: the one for whatever is left stands last.
LINTERS = (_MESSAGES, _FEEDS)


def inspect(document: Fetched, *, now: datetime) -> list[Finding]:
    """Give what isn't as it should be in a document, by its place."""
    return next(each for each in LINTERS if each.claims(document)).lint(document, now)


def is_address(name: str) -> bool:
    """Say whether a user means something on the web, and no file."""
    return name.lower().startswith(("http://", "https://"))


def open_file(name: str) -> Fetched:
    """Give a file; ``SiteError`` where it can't be read."""
    path = Path(name)
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise SiteError(
                f"{name}: is larger than {_LARGEST_BYTES:,} bytes; nobody takes a feed or a message like that"
            )
        return Fetched(name=name, content=path.read_bytes())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SiteError(f"{name}: can't be read ({reason}); correct the path") from error


def poll(address: str, settings: FetchingSettings) -> Fetched:
    """Give what is at an address, asked again as readers do; ``FetchError`` where nothing is.

    Its host was named by the user, and may be anywhere; whereto it sends us on may not.
    """
    allowed = replace(settings, allow_hosts=(*settings.allow_hosts, urlsplit(address).hostname or ""))
    first = fetch(Request(url=address, accept=_ACCEPT), settings=allowed)
    exchange = Exchange(
        address=address,
        answered_by=first.url,
        moved_to=first.moved_to,
        headers=first.headers,
        second_status=_asked_again(first, allowed),
    )
    return Fetched(name=address, content=first.content, exchange=exchange)


def _asked_again(first: Response, settings: FetchingSettings) -> int:
    again = Request(
        url=first.url,
        accept=_ACCEPT,
        etag=first.headers.get("etag", ""),
        last_modified=first.headers.get("last-modified", ""),
    )
    try:
        return fetch(again, settings=settings).status
    except FetchError as error:
        return error.status


def own_feed(name: str, settings: Settings) -> FeedSettings | None:
    """Give the configured feed that a file or an address is a document of."""
    if is_address(name):
        root = f"{settings.publish.base_url}/feeds/"
        place = name[len(root) :] if settings.publish.base_url and name.startswith(root) else ""
    else:
        folder = (settings.outbox / "public" / "feeds").resolve()
        path = Path(name).resolve()
        place = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
    return next((feed for feed in settings.feeds if place.startswith(f"{feed.name}/")), None)


def cause_of_emptiness(feed: FeedSettings, engine: sa.Engine) -> str:
    """Give why a feed of ours holds nothing, and what to do."""
    with reading(engine) as connection:
        return emptiness(posts.live(connection), feed)
