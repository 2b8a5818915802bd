"""Values as Ruby writes them, within limits."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from liquid.undefined import Undefined

from syndicate.posts.sources.jekyll.liquid.limits import MAX_TEXT, LimitReachedError

_DEEPEST = 12
#: From here on Ruby writes a float with an exponent.
_LARGE_FLOAT = 1e16


class RubyTime(datetime):
    """An instant that prints as Ruby's ``Time#to_s`` does, whoever prints it."""

    def __str__(self) -> str:
        """Give ``2024-01-22 12:00:00 +0800``."""
        return f"{self:%Y-%m-%d %H:%M:%S} {self:%z}"


def is_nothing(value: object) -> bool:
    """Say whether ``value`` is Ruby's nil."""
    return value is None or isinstance(value, Undefined)


def text_of(value: object) -> str:
    """Give ``value`` as an output writes it: nothing for nil, the items of a list side by side."""
    if isinstance(value, str):
        return value
    return _joined(_written(value, depth=0))


def string_of(value: object) -> str:
    """Give ``value`` as Ruby's ``to_s`` does, which filters of text ask of it."""
    return (
        inspected(value)
        if isinstance(value, list | tuple | Mapping) and not is_nothing(value)
        else text_of(value)
    )


def inspected(value: object) -> str:
    """Give ``value`` as Ruby's ``inspect`` does."""
    return _joined(_inspected(value, depth=0))


def _joined(parts: Iterator[str]) -> str:
    pieces = []
    length = 0
    for part in parts:
        length += len(part)
        if length > MAX_TEXT:
            raise LimitReachedError(f"makes more than {MAX_TEXT:,} characters")
        pieces.append(part)
    return "".join(pieces)


def _written(value: object, *, depth: int) -> Iterator[str]:
    if is_nothing(value):
        return
    if isinstance(value, list | tuple):
        _check(depth)
        for item in value:
            yield from _written(item, depth=depth + 1)
    elif isinstance(value, Mapping):
        yield from _inspected(value, depth=depth)
    else:
        yield _scalar(value)


def _inspected(value: object, *, depth: int) -> Iterator[str]:
    if is_nothing(value):
        yield "nil"
    elif isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, list | tuple):
        yield from _between("[]", (_inspected(item, depth=depth + 1) for item in value), depth)
    elif isinstance(value, Mapping):
        yield from _between("{}", (_pair(key, item, depth=depth + 1) for key, item in value.items()), depth)
    else:
        yield _scalar(value)


def _pair(key: object, value: object, *, depth: int) -> Iterator[str]:
    yield from _inspected(key, depth=depth)
    yield "=>"
    yield from _inspected(value, depth=depth)


def _between(brackets: str, items: Iterator[Iterator[str]], depth: int) -> Iterator[str]:
    _check(depth)
    yield brackets[0]
    for index, item in enumerate(items):
        if index:
            yield ", "
        yield from item
    yield brackets[1]


def _check(depth: int) -> None:
    if depth > _DEEPEST:
        raise LimitReachedError("writes out values nested too deeply")


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    return str(value)


def _float(value: float) -> str:
    if value != value or abs(value) == float("inf"):  # noqa: PLR0124 - NaN
        return {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")
    return f"{value:.1f}" if value.is_integer() and abs(value) < _LARGE_FLOAT else repr(value)


def as_json(value: object, *, depth: int = 0) -> object:
    """Give ``value`` in types that JSON knows."""
    _check(depth)
    if is_nothing(value):
        return None
    if isinstance(value, Mapping):
        return {text_of(key): as_json(item, depth=depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | range):
        return [as_json(item, depth=depth + 1) for item in value]
    if isinstance(value, datetime | date):
        return str(value)
    return value if isinstance(value, str | int | float | bool) else text_of(value)
