"""Dates as the formats allow them, and as nothing else: who is lenient here can't say what is wrong."""

import re
from datetime import UTC, datetime, timedelta, timezone

_RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC_822 = re.compile(
    rf"(?:({'|'.join(_DAYS)}),\s+)?(\d\d?)\s+({'|'.join(_MONTHS)})\s+(\d{{4}}|\d\d)"
    r"\s+(\d\d):(\d\d)(?::(\d\d))?\s+(?:([+-])(\d\d)(\d\d)|([A-Z]{1,3}))",
    re.ASCII,
)
_ZONES = {"UT": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6}
_ZONES |= {"PST": -8, "PDT": -7}
_CENTURY = 100


def rfc_3339(text: str) -> datetime | None:
    """Give the instant of an RFC 3339 date with time and zone; ``None`` for anything else."""
    match = _RFC_3339.fullmatch(text)
    if match is None:
        return None
    fraction = int((match[7] or "").ljust(6, "0")[:6])
    numbers = [int(part) for part in match.groups()[:6]]
    return _instant(numbers, fraction, _offset(match[8], match[9], match[10]))


def rfc_822(text: str) -> datetime | None:
    """Give the instant of an RFC 822 date (a year of four digits too); ``None`` for anything else."""
    match = _RFC_822.fullmatch(text)
    if match is None or (match[11] and match[11] not in _ZONES):
        return None
    year = int(match[4])
    year += 0 if len(match[4]) > 2 else 1900 + _CENTURY * (year < 70)  # noqa: PLR2004 - as RFC 2822 §4.3 does, nearly
    numbers = [year, _MONTHS.index(match[3]) + 1, *(int(match[at] or 0) for at in (2, 5, 6, 7))]
    offset = timedelta(hours=_ZONES[match[11]]) if match[11] else _offset(match[8], match[9], match[10])
    found = _instant(numbers, 0, offset)
    if found is None or (match[1] and _weekday(numbers) != match[1]):
        return None
    return found


def _weekday(numbers: list[int]) -> str:
    year, month, day = numbers[:3]
    return _DAYS[datetime(year, month, day, tzinfo=UTC).weekday()]


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timedelta:
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return -offset if sign == "-" else offset


def _instant(numbers: list[int], fraction: int, offset: timedelta) -> datetime | None:
    year, month, day, hour, minute, second = numbers
    try:
        zone = timezone(offset)
        return datetime(year, month, day, hour, minute, min(second, 59), fraction, zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
