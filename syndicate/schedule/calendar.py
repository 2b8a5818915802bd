"""The wall-clock calendar of a cadence: pure, naive local time in and out.

APScheduler's ``CronTrigger`` is asked as if local time were UTC. Given a zone with clock changes it loses
00:00 to 00:59 on the day after spring-forward (a weekly digest loses a week) and fires twice in autumn
(apscheduler #606, #1059; still so in 3.11.3).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from syndicate.model.cadence import Cadence, Every

#: How an occurrence is named: its wall time, to the minute.
_OCCURRENCE = "%Y-%m-%dT%H:%M"


def next_wall(cadence: Cadence, after: datetime) -> datetime:
    """Give the first local time of the cadence later than ``after``, both naive."""
    moment = (after + timedelta(seconds=1)).replace(tzinfo=UTC)
    found: datetime = _trigger(cadence).get_next_fire_time(None, moment)
    return found.replace(tzinfo=None)


def instant(wall: datetime, zone: str) -> datetime:
    """Give the UTC instant of a local time (RFC 5545 §3.3.5).

    A time that comes twice is its first coming; one that never comes is read with the offset before the gap.
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def local(at: datetime, zone: str) -> datetime:
    """Give what the wall clock shows at an instant, naive."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def walls(cadence: Cadence, *, after: datetime) -> Iterator[datetime]:
    """Give every local time of the cadence later than ``after``, without end."""
    wall = after
    while True:
        wall = next_wall(cadence, wall)
        yield wall


def first_after(cadence: Cadence, zone: str, at: datetime) -> datetime:
    """Give the first local time of the cadence whose instant is later than ``at``."""
    # In the hour that comes twice the wall clock runs behind: begin a day earlier and look at instants.
    start = local(at, zone) - timedelta(days=1)
    return next(wall for wall in walls(cadence, after=start) if instant(wall, zone) > at)


def occurrence(wall: datetime) -> str:
    """Give the name of an occurrence: ``2026-10-25T02:30``."""
    return wall.strftime(_OCCURRENCE)


def wall_of(name: str) -> datetime:
    """Give the local time that an occurrence is named after."""
    return datetime.strptime(name, _OCCURRENCE)  # noqa: DTZ007 - a wall clock has no zone


@lru_cache(maxsize=64)
def _trigger(cadence: Cadence) -> Any:  # noqa: ANN401 - apscheduler has no types
    from apscheduler.triggers.cron import CronTrigger

    if cadence.every is Every.EACH:
        raise ValueError('a cadence of "each" has no wall time')
    # Days by name: as a number, APScheduler's 1 is Tuesday.
    return CronTrigger(
        day=cadence.day or "*",
        day_of_week=cadence.on or "*",
        hour=cadence.at.hour,
        minute=cadence.at.minute,
        second=0,
        timezone=UTC,
    )
