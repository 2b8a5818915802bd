"""TOML 1.0 read by the standard library under limits."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from syndicate.posts.mapping import TOO_DEEP, Mapping, MappingError, check_size, check_values, one_line

#: ``a.b.c = 1`` costs tomllib the square of its dots; 500 are a few milliseconds.
_MAX_DOTS_A_LINE = 500
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_KEY = re.compile(r"[ \t]*(?:([\w-]+)|\"([^\"\\\n]*)\"|'([^'\n]*)')[ \t]*[=.]")
_TABLE = re.compile(r"[ \t]*\[\[?[ \t]*(?:([\w-]+)|\"([^\"\\\n]*)\"|'([^'\n]*)')[ \t]*[\].]")
_LONG_QUOTES = re.compile(r"\"\"\"|'''")


def load_mapping(text: str) -> Mapping:
    """Give the pairs in ``text``; dates and times stay ISO 8601 text, with a zone where they have one."""
    import tomllib  # a site whose heads are YAML never needs it

    check_size(text)
    text = text.replace("\r\n", "\n")
    _check_dots(text)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explained(error, text) from error
    except RecursionError as error:
        raise MappingError(TOO_DEEP, "flatten it") from error
    except (ValueError, OverflowError) as error:  # 2024-02-30T25:00:00, or a number of 5,000 digits
        raise MappingError(
            f"holds a value that can't be read ({one_line(str(error))})", "quote it"
        ) from error
    found = check_values(Mapping(values=values, lines=dict(_lines(text, values))))
    return Mapping(values=_plain(found.values), lines=found.lines)


def _check_dots(text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if line.count(".") > _MAX_DOTS_A_LINE:
            raise MappingError(
                f"has a line with more than {_MAX_DOTS_A_LINE} dots", "break it into several", line=number
            )


def _explained(error: ValueError, text: str) -> MappingError:
    message = str(error)
    place = _PLACE.search(message)
    line = int(place[1]) - 1 if place and place[1] else text.rstrip("\n").count("\n")
    what = one_line(_PLACE.sub("", message)).rstrip(".")
    return MappingError(
        f"is not valid TOML ({what[:1].lower()}{what[1:]})",
        'write key = "value", and each key once',
        line=line,
    )


def _lines(text: str, values: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Give the line of each top-level key; within a long string nothing is one."""
    seen: set[str] = set()
    quoted = in_table = False
    for number, line in enumerate(text.split("\n")):
        table = None if quoted else _TABLE.match(line)
        in_table = in_table or table is not None
        found = table or (None if quoted or in_table else _KEY.match(line))
        quoted ^= len(_LONG_QUOTES.findall(line)) % 2 == 1
        name = next((part for part in found.groups() if part is not None), "") if found else ""
        if name in values and name not in seen:
            seen.add(name)
            yield name, number


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Give ``value`` with its dates as text, as the other kinds of front matter have them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else value
