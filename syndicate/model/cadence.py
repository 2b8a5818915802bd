"""How often a list goes out, and at what local time."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from syndicate.errors import SettingsError

#: Every month has this day.
LAST_DAY = 28
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Every(StrEnum):
    """The four rhythms."""

    EACH = "each"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """One rhythm on the wall clock; the zone belongs to the list."""

    every: Every
    #: Local time, whole minutes. Unused by ``each``.
    at: time = time(7, 0)
    #: One of ``WEEKDAYS``; ``weekly`` only.
    on: str | None = None
    #: Day of the month 1 to 28; ``monthly`` only.
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a cadence that has no next occurrence, or whose words contradict each other."""
        if (self.every is Every.WEEKLY) != (self.on is not None):
            raise SettingsError(_contradiction(self.every, "on", "weekly"))
        if (self.every is Every.MONTHLY) != (self.day is not None):
            raise SettingsError(_contradiction(self.every, "day", "monthly"))
        if self.on is not None and self.on not in WEEKDAYS:
            raise SettingsError(f'on = "{self.on}" is not a day; use one of {", ".join(WEEKDAYS)}')
        if self.day is not None and not 1 <= self.day <= LAST_DAY:
            raise SettingsError(f"day = {self.day} is not in every month; use 1 to {LAST_DAY}")
        if self.at.second or self.at.microsecond or self.at.tzinfo:
            raise SettingsError(f'at = "{self.at}" is not a wall-clock minute; use "HH:MM"')

    def __str__(self) -> str:
        """Say it as an editor would: ``weekly on mon at 07:00``."""
        if self.every is Every.EACH:
            return "each post as it settles"
        day = f" on {self.on}" if self.on else f" on day {self.day}" if self.day else ""
        return f"{self.every}{day} at {self.at:%H:%M}"


def _contradiction(every: Every, key: str, partner: str) -> str:
    if every == partner:
        return f'every = "{every}" needs the key "{key}"; add it'
    return f'"{key}" goes with every = "{partner}", not "{every}"; remove it'
