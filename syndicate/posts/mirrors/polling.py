"""When to ask for a feed again. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from syndicate.errors import FetchError
from syndicate.posts.mirrors.memory import Memory

#: A server or a feed may ask for longer waits up to here; some say a year, and would never be heard of again.
LONGEST_HINT = timedelta(hours=1)
#: Waits double with each failure in a row, up to here.
_LONGEST_PAUSE = timedelta(hours=6)
#: A server that is busy, or a feed that is gone for good, is left alone at most this long.
_LONGEST_ABSENCE = timedelta(days=1)
#: While there is nothing at all to show, somebody is probably watching, and mending.
_FIRST_PAUSE = timedelta(seconds=10)
_GONE = 410

_MAX_AGE = re.compile(r"(?:^|[\s,])(?:max-age)\s*=\s*\"?(\d{1,9})")


def after_answer(
    now: datetime, *, refresh: timedelta, headers: Mapping[str, str], wait: timedelta
) -> datetime:
    """Give the time of the next question: as configured, or later where server or feed ask for it."""
    hint = max(_fresh_for(headers), wait)
    return now + max(refresh, min(hint, LONGEST_HINT))


def after_failure(
    now: datetime, *, refresh: timedelta, failures: int, error: FetchError | None, empty: bool
) -> datetime:
    """Give the time of the next question after so many failures in a row; ``empty`` where nothing is kept."""
    if error and error.retry_after is not None:
        return now + max(refresh, min(error.retry_after, _LONGEST_ABSENCE))
    if empty:
        return now + min(refresh, _FIRST_PAUSE)
    if error and error.status == _GONE:
        return now + max(refresh, _LONGEST_ABSENCE)
    doubled: timedelta = refresh * 2 ** min(failures - 1, 10)
    return now + max(refresh, min(doubled, _LONGEST_PAUSE))


def is_due(memory: Memory, now: datetime, *, refresh: timedelta) -> bool:
    """Say whether it is time to ask; who asks for shorter waits than the last time means now.

    A time further ahead than any wait comes from a clock that was wrong.
    """
    next_at = memory.next_at
    too_far = now + max(refresh, _LONGEST_ABSENCE)
    return next_at is None or next_at <= now or next_at > too_far or refresh < memory.refresh


def _fresh_for(headers: Mapping[str, str]) -> timedelta:
    """Give how much longer the answer is fresh (RFC 9111 §4.2.1, §5.1)."""
    found = _MAX_AGE.search(headers.get("cache-control", "").lower())
    age = headers.get("age", "").strip()
    passed = int(age[:9]) if age.isascii() and age.isdigit() else 0
    return timedelta(seconds=max(0, int(found[1]) - passed)) if found else timedelta()
