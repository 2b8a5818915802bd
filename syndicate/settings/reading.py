"""Plain TOML values become typed, frozen settings; everything wrong is collected, nothing raised."""

import dataclasses
import difflib
import re
import types
from collections.abc import Callable, Iterable, Mapping
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from syndicate.errors import SettingsError
from syndicate.settings.locating import KeyPath

T = TypeVar("T")

_DURATION = re.compile(r"(\d+)\s*(s|min|h|d|day|days)")
_LONGEST = timedelta(days=3_650)
#: Ten years have no more in any unit; far more of them are no ``timedelta``.
_DIGITS = 9
_UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days", "day": "days", "days": "days"}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the configuration."""

    path: KeyPath
    #: ``what; what to do``.
    text: str


class _WrongValueError(Exception):
    """A value is not what its key wants; the text is a problem's."""


def read_table(kind: type[T], table: Mapping[str, object]) -> tuple[T | None, list[Problem]]:
    """Give ``kind`` made from ``table``, or ``None`` and everything that is wrong with it."""
    problems: list[Problem] = []
    value = _table(kind, table, (), problems)
    return (None if problems else value), problems


def _table(kind: type[T], value: object, path: KeyPath, problems: list[Problem]) -> T | None:
    if not isinstance(value, Mapping):
        problems.append(Problem(path, f"{_shown(value)} is not a table; write its keys below a [header]"))
        return None
    # A key that is a word of Python's has a field with an underscore behind it.
    names = {name.rstrip("_"): name for name in get_type_hints(kind)}
    hints = {key: get_type_hints(kind)[name] for key, name in names.items()}
    before = len(problems)
    problems += [Problem((*path, key), _unknown(key, hints)) for key in value if key not in hints]
    read = {
        names[key]: _value(hints[key], entry, (*path, key), problems)
        for key, entry in value.items()
        if key in hints
    }
    problems += [Problem(path, f'"{name}" is missing; add it') for name in _missing(kind, value)]
    if len(problems) > before:
        return None
    try:
        return kind(**read)
    except SettingsError as error:  # a value that checks itself
        problems.append(Problem(path, str(error)))
        return None


def _missing(kind: type, value: Mapping[str, object]) -> Iterable[str]:
    for field in dataclasses.fields(kind):
        unset = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if unset and field.name.rstrip("_") not in value:
            yield field.name.rstrip("_")


def _unknown(key: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
    hint = f'did you mean "{close[0]}"?' if close else f"the keys here are {', '.join(names)}"
    return f'"{key}" is not a key; {hint}'


def _value(kind: Any, value: object, path: KeyPath, problems: list[Problem]) -> Any:  # noqa: ANN401 - any type of the schema
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _table(kind, value, path, problems)
    if get_origin(kind) is tuple:
        return _array(get_args(kind)[0], value, path, problems)
    try:
        return _scalar(kind, value)
    except _WrongValueError as error:
        problems.append(Problem(path, str(error)))
        return None


def _array(item: Any, value: object, path: KeyPath, problems: list[Problem]) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(value, list):
        problems.append(Problem(path, f"{_shown(value)} is not a list; write it in [ ]"))
        return ()
    return tuple(_value(item, entry, (*path, index), problems) for index, entry in enumerate(value))


def _scalar(kind: Any, value: object) -> object:  # noqa: ANN401
    if get_origin(kind) is Literal:
        return _choice(get_args(kind), value)
    if get_origin(kind) is types.UnionType:  # "X | None": TOML has no null, so empty text is one
        return None if value == "" else _scalar(get_args(kind)[0], value)
    if issubclass(kind, StrEnum):
        return kind(_choice([str(member) for member in kind], value))
    return _READERS[kind](value)


def _choice(choices: Iterable[Any], value: object) -> Any:  # noqa: ANN401 - one of them
    names = list(choices)
    if value in names and not isinstance(value, bool):
        return value
    close = difflib.get_close_matches(str(value), map(str, names), n=1, cutoff=0.5)
    hint = f"did you mean {_shown(close[0])}?" if close else f"use {_listed(names)}"
    raise _WrongValueError(f"{_shown(value)} is not one of {_listed(names)}; {hint}")


def _listed(names: Iterable[Any]) -> str:
    return ", ".join(map(_shown, names))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise _WrongValueError(f'{_shown(value)} is not text; write it in quotes: "{value}"')


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _WrongValueError(f"{_shown(value)} is neither true nor false; write one of them without quotes")


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise _WrongValueError(f"{_shown(value)} is not a whole number from 0; write digits without quotes")


def _path(value: object) -> Path:
    return Path(_text(value))


def _duration(value: object) -> timedelta:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _WrongValueError(
            f'{_shown(value)} is not a duration; write a number and s, min, h or days: "15 min"'
        )
    number, unit = match[1], _UNITS[match[2]]
    if len(number) > _DIGITS or timedelta(**{unit: int(number)}) > _LONGEST:
        raise _WrongValueError(f"{_shown(value)} is longer than ten years; write a smaller number")
    return timedelta(**{unit: int(number)})


def _clock(value: object) -> time:
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _WrongValueError(f'{_shown(value)} is not a time of day; write "HH:MM", 24 hours: "07:30"')
    return time(int(match[1]), int(match[2]))


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if value is True else f"{value}"


_READERS: Mapping[type, Callable[[object], object]] = {
    str: _text,
    bool: _flag,
    int: _whole,
    Path: _path,
    timedelta: _duration,
    time: _clock,
}
