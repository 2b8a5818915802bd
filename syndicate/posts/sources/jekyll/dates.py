"""Instants as Ruby reads them (lib/jekyll/utils.rb parse_date, Psych's timestamps)."""

import re
from datetime import UTC, datetime, tzinfo

from syndicate.posts import dates

_ALL_ZEROS = re.compile(r"0000-00-00(?:[ T].*)?", re.DOTALL)
#: The instant of a date that is all zeros: a placeholder, older than what is news.
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def parse_instant(text: str, zone: tzinfo) -> datetime | None:
    """Give the instant ``text`` means, in UTC; ``None`` when it is no date.

    Without a zone of its own, a time with seconds is UTC (a YAML timestamp), anything shorter is in ``zone``.
    "0000-00-00", which Jekyll lets pass, is ``NO_DATE``.
    """
    stripped = text.strip()
    return NO_DATE if _ALL_ZEROS.fullmatch(stripped) else dates.parse(stripped, zone, with_seconds=UTC)


def parse_time(text: str, zone: tzinfo) -> datetime | None:
    """Give the time ``text`` means to Ruby's ``Time.parse``: in its own zone, else in ``zone``."""
    try:
        return dates.zoned(text, zone)
    except (ValueError, OverflowError):
        return None
