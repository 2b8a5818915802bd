"""Pairs of keys and values from YAML, TOML or JSON, and the limits that all three are read under."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from syndicate.errors import SyndicateError

MAX_BYTES = 64 * 1024
#: Brackets within brackets.
MAX_DEPTH = 50
MAX_VALUES = 10_000
TOO_DEEP = f"is nested more than {MAX_DEPTH} deep"
#: Python refuses to print a longer number (``sys.set_int_max_str_digits``).
_MAX_BITS = 4_000


class MappingError(SyndicateError):
    """Text that holds no pairs, or too many of them."""

    def __init__(self, what: str, remedy: str, *, line: int = 0) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy
        #: From 0.
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The pairs, and where their keys stand."""

    values: dict[str, Any] = field(default_factory=dict)
    #: Line of each top-level key, from 0.
    lines: dict[str, int] = field(default_factory=dict)
    #: Keys that stand there twice, with the line of the second; the last one wins.
    repeated: tuple[tuple[str, int], ...] = ()


#: Gives the pairs in a text; an empty text holds none. ``MappingError`` otherwise.
Load = Callable[[str], Mapping]


def check_size(text: str, *, max_bytes: int = MAX_BYTES) -> None:
    """Raise ``MappingError`` for a text that is too long to be read."""
    if len(text.encode("utf-8", "replace")) > max_bytes:
        raise MappingError(f"is larger than {max_bytes // 1024} KiB", "shorten it")


def check_values(mapping: Mapping) -> Mapping:
    """Give ``mapping`` back; ``MappingError`` with the key's line where it is too deep or too much."""
    total = 0
    for key, value in mapping.values.items():
        try:
            total += 1 if isinstance(value, str) else sum(1 for _ in _counted(value))
        except MappingError as error:
            raise MappingError(error.what, error.remedy, line=mapping.lines.get(key, 0)) from error
        if total > MAX_VALUES:
            raise MappingError(
                f"holds more than {MAX_VALUES:,} values", "shorten it", line=mapping.lines.get(key, 0)
            )
    return mapping


def one_line(text: str) -> str:
    """Give a parser's words on one line."""
    return " ".join(text.split())[:200]


def _counted(value: object) -> Iterator[object]:
    """Give ``value`` and all that is in it, one depth after the other."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        yield from level
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise MappingError(TOO_DEEP, "flatten it")


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, int) and value.bit_length() > _MAX_BITS:
        raise MappingError("holds a number of more than a thousand digits", "quote it")
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
