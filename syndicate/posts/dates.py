"""Instants in the forms in which people and programs write them. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

_NUMERIC = re.compile(
    r"(\d{2}|\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[ \tT]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d*)?)?)?"
    r"\s*(Z|UTC|GMT|[A-Z]{3,4}|[-+]\d{2}(?::?\d{2})?)?(.*)",
    re.DOTALL,
)
#: What makes another thing than a date of what looked like one.
_GOES_ON = re.compile(r"\s*[\d:/-]")
#: The zone names that RFC 822 §5.1 knows, as Ruby does; hours east.
_ZONE_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "CET": 1, "CEST": 2, "BST": 1, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3, "JST": 9, "IST": 5.5,
}  # fmt: skip
_WORDY_FORMATS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_FULL_YEAR = len("2024")
_ONE_DAY = timedelta(days=1)


def parse(text: str, zone: tzinfo, *, with_seconds: tzinfo | None = None) -> datetime | None:
    """Give the instant ``text`` means, in UTC; ``None`` when it is no date.

    Without a zone of its own it is in ``zone``; with seconds, in ``with_seconds`` where that is given.
    """
    try:
        found = zoned(text, zone, with_seconds=with_seconds)
        return found.astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        return None


def zoned(text: str, zone: tzinfo, *, with_seconds: tzinfo | None = None) -> datetime | None:
    """Give the same instant as ``parse``, in the zone it is written in; ``ValueError`` for 30 February."""
    stripped = text.strip()
    match = _NUMERIC.fullmatch(stripped)
    return _numeric(match, zone, with_seconds or zone) if match else _wordy(stripped, zone)


def _numeric(match: re.Match[str], zone: tzinfo, with_seconds: tzinfo) -> datetime | None:
    year, month, day, hour, minute, second, own, rest = match.groups()
    if rest and _GOES_ON.match(rest):
        return None
    return datetime(
        _full_year(year),
        int(month),
        int(day),
        int(hour or 0),
        int(minute or 0),
        min(int(second or 0), 59),
        tzinfo=_own_zone(own) or (with_seconds if second else zone),
    )


def _full_year(text: str) -> int:
    # As Ruby's Date._parse: 69 to 99 are of the last century.
    return int(text) if len(text) == _FULL_YEAR else int(text) + (1900 if text >= "69" else 2000)


@lru_cache(maxsize=64)
def _own_zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[text]))
    if text[0] not in "+-":
        return None
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset) if offset < _ONE_DAY else UTC


def _wordy(text: str, zone: tzinfo) -> datetime | None:
    for pattern in _WORDY_FORMATS:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=zone)
        except ValueError:
            continue
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)
