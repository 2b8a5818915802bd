"""Ruby's ``strftime``: no locale, and flags that Python hasn't got (``%-d``, ``%^B``, ``%03j``)."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DIRECTIVE = re.compile(r"%([-_0^#]*)(\d{0,3})(:{0,3})([a-zA-Z%+])")
_NOON = 12
_COMPOSED = MappingProxyType(
    {
        "c": "%a %b %e %H:%M:%S %Y", "D": "%m/%d/%y", "x": "%m/%d/%y", "F": "%Y-%m-%d", "v": "%e-%^b-%Y",
        "r": "%I:%M:%S %p", "R": "%H:%M", "T": "%H:%M:%S", "X": "%H:%M:%S", "+": "%a %b %e %H:%M:%S %Z %Y",
    }
)  # fmt: skip
#: A number, how wide it is, and what fills it up.
_Number = tuple[int, int, str]
_NUMBERS: Mapping[str, Callable[[datetime], _Number]] = MappingProxyType(
    {
        "Y": lambda t: (t.year, 4, "0"),
        "C": lambda t: (t.year // 100, 2, "0"),
        "y": lambda t: (t.year % 100, 2, "0"),
        "m": lambda t: (t.month, 2, "0"),
        "d": lambda t: (t.day, 2, "0"),
        "e": lambda t: (t.day, 2, " "),
        "j": lambda t: (t.timetuple().tm_yday, 3, "0"),
        "H": lambda t: (t.hour, 2, "0"),
        "k": lambda t: (t.hour, 2, " "),
        "I": lambda t: ((t.hour - 1) % _NOON + 1, 2, "0"),
        "l": lambda t: ((t.hour - 1) % _NOON + 1, 2, " "),
        "M": lambda t: (t.minute, 2, "0"),
        "S": lambda t: (t.second, 2, "0"),
        "u": lambda t: (t.isoweekday(), 1, "0"),
        "w": lambda t: (t.isoweekday() % 7, 1, "0"),
        "G": lambda t: (t.isocalendar().year, 4, "0"),
        "g": lambda t: (t.isocalendar().year % 100, 2, "0"),
        "V": lambda t: (t.isocalendar().week, 2, "0"),
        "U": lambda t: ((t.timetuple().tm_yday + 6 - t.isoweekday() % 7) // 7, 2, "0"),
        "W": lambda t: ((t.timetuple().tm_yday + 6 - t.weekday()) // 7, 2, "0"),
        "s": lambda t: (int(t.timestamp()), 1, "0"),
    }
)
_TEXTS: Mapping[str, Callable[[datetime], str]] = MappingProxyType(
    {
        "B": lambda t: MONTHS[t.month - 1],
        "b": lambda t: MONTHS[t.month - 1][:3],
        "h": lambda t: MONTHS[t.month - 1][:3],
        "A": lambda t: DAYS[t.weekday()],
        "a": lambda t: DAYS[t.weekday()][:3],
        "p": lambda t: "AM" if t.hour < _NOON else "PM",
        "P": lambda t: "am" if t.hour < _NOON else "pm",
        "Z": lambda t: t.tzname() or "",
        "L": lambda t: f"{t.microsecond // 1000:03d}",
        "N": lambda t: f"{t.microsecond * 1000:09d}",
        "n": lambda _: "\n",
        "t": lambda _: "\t",
        "%": lambda _: "%",
    }
)


def strftime(when: datetime, pattern: str) -> str:
    """Give ``when`` by Ruby's ``pattern``; a directive that is none stays as it is."""
    return _DIRECTIVE.sub(lambda found: _directive(when, found), pattern)


def _directive(when: datetime, found: re.Match[str]) -> str:
    flags, width, colons, name = found.groups()
    if name in _COMPOSED:
        text = strftime(when, _COMPOSED[name])
    elif name in _NUMBERS:
        return _number(_NUMBERS[name](when), flags, width)
    elif name in _TEXTS:
        text = _TEXTS[name](when)
    elif name == "z":
        text = _offset(when.utcoffset() or timedelta(), len(colons))
    else:
        return found[0]
    return _padded(_cased(text, flags, name), flags, width)


def _number(number: _Number, flags: str, width: str) -> str:
    value, own_width, filling = number
    if "-" in flags:
        return str(value)
    filling = " " if "_" in flags else "0" if "0" in flags else filling
    return str(value).rjust(int(width or own_width), filling)


def _cased(text: str, flags: str, name: str) -> str:
    if "^" in flags:
        return text.upper()
    if "#" in flags:
        return text.lower() if name in "pZ" else text.upper()
    return text


def _padded(text: str, flags: str, width: str) -> str:
    return text.rjust(int(width), "0" if "0" in flags else " ") if width else text


def _offset(offset: timedelta, colons: int) -> str:
    seconds = int(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    minutes, second = divmod(rest, 60)
    parts = [f"{hours:02d}", f"{minutes:02d}"]
    if colons == len("::"):
        parts.append(f"{second:02d}")
    return sign + (":" if colons else "").join(parts)
