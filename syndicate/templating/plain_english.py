"""Dates and numbers in English, as Babel writes them in CLDR's locale of nobody in particular.

Most pages are in it, and Babel takes 26 ms to be imported and to read its tables: more than everything else
that a page of a feed takes. A test holds both equal for every day and number.
"""

import datetime as dt

#: "23 November 2026", where CLDR's plain "en" is American.
LOCALE = "en_001"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day(day: dt.date) -> str:
    """Write a date, in words."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number(number: int) -> str:
    """Write a number, with a comma between its thousands."""
    return f"{number:,}"
