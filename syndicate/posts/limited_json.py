"""JSON read by the standard library under limits, with the lines of its keys."""

import json
import re
from collections.abc import Iterator
from typing import Any

from syndicate.posts.mapping import TOO_DEEP, Mapping, MappingError, check_size, check_values, one_line

_SPACE = re.compile(r"[ \t\n\r]*")


def load_mapping(text: str) -> Mapping:
    """Give the pairs of the one object in ``text``; ``MappingError`` with the line otherwise."""
    check_size(text)
    if not text.strip():
        return Mapping()
    try:
        return check_values(_collected(text))
    except json.JSONDecodeError as error:
        raise MappingError(
            f"is not valid JSON ({one_line(error.msg)})",
            "quote keys and texts, put commas between pairs and none after the last",
            line=error.lineno - 1,
        ) from error
    except RecursionError as error:
        raise MappingError(TOO_DEEP, "flatten it") from error
    except ValueError as error:  # NaN, or a number of 5,000 digits
        raise MappingError(
            f"holds a value that can't be read ({one_line(str(error))})", "quote it"
        ) from error


def _collected(text: str) -> Mapping:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    line = counted = 0
    for key, position, value in _pairs(text):
        line += text.count("\n", counted, position)
        counted = position
        if key in values:
            repeated.append((key, line))
        values[key], lines[key] = value, line
    return Mapping(values=values, lines=lines, repeated=tuple(repeated))


def _pairs(text: str) -> Iterator[tuple[str, int, Any]]:
    """Give each key, where it stands, and its value; the standard library tells no places."""
    decoder = json.JSONDecoder(parse_constant=_no_number)
    position = _after(text, 0, "{")
    if text[position : position + 1] == "}":
        _check_end(text, position + 1)
        return
    while True:
        start = position
        if text[start : start + 1] != '"':
            raise json.JSONDecodeError("a key in quotes is missing", text, start)
        key, position = decoder.raw_decode(text, start)
        value, position = decoder.raw_decode(text, _after(text, position, ":"))
        yield key, start, value
        position = _spaced(text, position)
        if text[position : position + 1] == "}":
            break
        position = _after(text, position, ",")
    _check_end(text, position + 1)


def _after(text: str, position: int, mark: str) -> int:
    """Give where the text goes on after ``mark``, which has to come next."""
    found = _spaced(text, position)
    if text[found : found + 1] != mark:
        raise json.JSONDecodeError(f"{mark} is missing", text, found)
    return _spaced(text, found + 1)


def _check_end(text: str, position: int) -> None:
    end = _spaced(text, position)
    if end < len(text):
        raise json.JSONDecodeError("something stands after the closing brace", text, end)


def _spaced(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
