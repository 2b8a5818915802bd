"""Where in a TOML text each key stands; ``tomllib`` reads values and forgets lines."""

import re
from collections import Counter

#: A key's way through the document: names of tables and keys, numbers within arrays of tables.
KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*")(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")


def locate(text: str) -> dict[KeyPath, int]:
    """Give the line, from 1, of every table header and every key that begins a line."""
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    counts: Counter[KeyPath] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _open_table(_split(header[2]), array=header[1] == "[[", counts=counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_split(key[1])), number)
    return lines


def nearest_line(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """Give the line of ``path``, else of the closest thing that holds it."""
    for length in range(len(path), -1, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip('"') for part in dotted.split("."))


def _open_table(names: tuple[str, ...], *, array: bool, counts: Counter[KeyPath]) -> KeyPath:
    """Number the arrays of tables on the way: ``[[lists]]`` twice is lists 0 and lists 1."""
    path: KeyPath = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, names[-1])
    if not array:
        return path
    counts[path] += 1
    return (*path, counts[path] - 1)
