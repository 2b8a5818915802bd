"""Dates as Hugo reads them: its formats (spf13/cast), and which key counts (pagemeta/page_frontmatter.go)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from syndicate.posts.sources.hugo.values import texts

#: When a page is "published" that has no date: Hugo says the year 1, which no feed may.
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:([T ])(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?:(Z)|( ?)([-+]\d{2}):?(\d{2})(?: [A-Z]{3,5})?)?)?"
)
#: RFC 822, 850, 1123 and their kin, with English names; a name of a zone says nothing, as in Go.
_DAY_FIRST = re.compile(
    r"(?:[A-Z][a-z]{2,8}, )?(?P<day>\d{2})[ -](?P<month>[A-Z][a-z]{2})[ -](?P<year>\d{4}|\d{2})"
    r"(?: (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))? (?P<zone>[A-Z]{3,5}|[-+]\d{4}))?"
)
#: ANSI C, ``date``, Ruby.
_MONTH_FIRST = re.compile(
    r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) "
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})(?: (?P<zone>[A-Z]{3,5}|[-+]\d{4}))?"
    r" (?P<year>\d{4})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "lastmod": ("modified",),
    "publishdate": ("pubdate", "published"),
    "expirydate": ("unpublishdate",),
}
_DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "publishdate", "lastmod"),
    "lastmod": (":git", "lastmod", "date", "publishdate"),
    "publishdate": ("publishdate", "date"),
    "expirydate": ("expirydate",),
}
#: Two digits: Go's 69 to 99 are of the last century.
_LAST_CENTURY = 69
_FULL_YEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DateKeys:
    """Which keys of a front matter say each date, the first that is there wins; ``:filename`` is one too."""

    date: tuple[str, ...]
    lastmod: tuple[str, ...]
    publishdate: tuple[str, ...]
    expirydate: tuple[str, ...]


def date_keys(configured: Mapping[str, Any]) -> DateKeys:
    """Give the keys by the site's ``frontmatter`` configuration, keys in lower case."""
    return DateKeys(
        date=_keys("date", configured),
        lastmod=_keys("lastmod", configured),
        publishdate=_keys("publishdate", configured),
        expirydate=_keys("expirydate", configured),
    )


def parse_instant(value: object, zone: tzinfo) -> datetime | None:
    """Give the instant, in its own zone, that ``value`` means; without one it is in ``zone``.

    ``None`` for what would stop Hugo's build.
    """
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if not isinstance(value, str):
            return None
        found = _iso(value, zone) or _wordy(_DAY_FIRST, value, zone) or _wordy(_MONTH_FIRST, value, zone)
        if found and found.year > 1:
            found.astimezone(UTC)  # the last hours of the year 9999 are none everywhere
    except (ValueError, OverflowError, OSError):
        return None
    return found


def from_name(name: str, zone: tzinfo) -> tuple[datetime, str] | None:
    """Give the date that a file's name (without its suffix) begins with, and the slug after it."""
    found = parse_instant(name[:10], zone)
    return (found, name[10:].strip(" -_")) if found else None


def _keys(name: str, configured: Mapping[str, Any]) -> tuple[str, ...]:
    given = tuple(key.lower() for key in texts(configured.get(name))) or _DEFAULTS[name]
    expanded = [each for key in given for each in (_DEFAULTS[name] if key == ":default" else (key,))]
    return tuple(dict.fromkeys(each for key in expanded for each in (key, *_ALIASES.get(key, ()))))


def _iso(text: str, zone: tzinfo) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, joint, hour, minute, second, utc, gap, hours, minutes = match.groups()
    if gap and joint == "T":
        return None
    naive = _naive((year, month, day), (hour, minute, second))
    if utc:
        return naive.replace(tzinfo=UTC)
    return naive.replace(tzinfo=_offset(hours + minutes) if hours else zone)


def _wordy(pattern: re.Pattern[str], text: str, zone: tzinfo) -> datetime | None:
    match = pattern.fullmatch(text)
    if match is None or match["month"] not in _MONTHS:
        return None
    year = int(match["year"])
    if len(match["year"]) < _FULL_YEAR:
        year += 1900 if year >= _LAST_CENTURY else 2000
    month = _MONTHS.index(match["month"]) + 1
    naive = _naive((year, month, match["day"]), (match["hour"], match["minute"], match["second"]))
    given = match["zone"] or ""
    return naive.replace(tzinfo=_offset(given) if given[:1] in {"+", "-"} else zone)


def _naive(day: Iterable[str | int], time: Iterable[str | None]) -> datetime:
    year, month, date = map(int, day)
    hour, minute, second = (int(part or 0) for part in time)
    return datetime(year, month, date, hour, minute, second)  # noqa: DTZ001 - its zone is decided by the caller


def _offset(text: str) -> tzinfo:
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return timezone(-offset if text[0] == "-" else offset)
