"""The address of a post by a pattern such as ``/:collection/:slug/``. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

_PLACEHOLDER = re.compile(r":([a-z]+)")
_SLASHES = re.compile(r"/{2,}")
#: What a path may hold as it stands (RFC 3986 §3.3), and what is encoded already.
_SAFE = "/!$&'()*+,;=:@~-._%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an address is made of."""

    #: From the folder of posts, without the suffix: ``2024/ferry``.
    path: str
    #: Its last part.
    slug: str
    collection: str
    #: In the site's zone; ``None`` for a post that names no date.
    date: datetime | None


class UndatedError(ValueError):
    """The pattern asks for a date, and the post has none."""


def fill(pattern: str, place: Place) -> str:
    """Give the path on the site, percent-encoded; ``UndatedError`` where a date is missing."""
    return tidy(_PLACEHOLDER.sub(lambda match: _value(match, place), pattern))


def tidy(path: str) -> str:
    """Give ``path`` from the site's home, percent-encoded; it can't climb out of the site."""
    parts = [part for part in f"/{path}".split("/") if part not in {".", ".."}]
    return quote(_SLASHES.sub("/", "/".join(parts)) or "/", safe=_SAFE, errors="replace")


def _value(match: re.Match[str], place: Place) -> str:
    name = match[1]
    if name in {"path", "slug", "collection"}:
        return str(getattr(place, name))
    if name not in {"year", "month", "day"}:
        return match[0]
    if place.date is None:
        raise UndatedError(name)
    return f"{getattr(place.date, name):0{4 if name == 'year' else 2}d}"
