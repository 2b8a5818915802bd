"""Heads of Pelican's Markdown: lines of ``Key: value`` (Python-Markdown's meta.py), or YAML by a plugin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from syndicate.posts import limited_yaml
from syndicate.posts.front_matter import YAML, Bounds, Heads, Kind
from syndicate.posts.mapping import Mapping, MappingError, check_size

#: markdown/extensions/meta.py META_RE, META_MORE_RE, BEGIN_RE, END_RE.
_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
_MORE = re.compile(r" {4,}(.*)")
_BEGIN = re.compile(r"-{3}(?:\s.*)?$")
_END = re.compile(r"(?:-{3}|\.{3})(?:\s.*)?$")
_BLANK_LINE = re.compile(r"^[ \t\r]*$", re.MULTILINE)
#: Pelican takes the first of these where they stand there twice (pelican/readers.py).
_SINGLE = frozenset(
    {"tags", "date", "modified", "status", "category", "author", "save_as", "url", "authors", "slug"}
)


@dataclass(slots=True)
class _Taken:
    values: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    key: str = ""

    def take(self, line: str, number: int) -> bool:
        """Take the next line of a head; say whether it was one."""
        pair, more = _KEY.match(line), _MORE.match(line)
        if pair:
            self.key = pair[1].lower()
            self.lines.setdefault(self.key, number)
            self.values.setdefault(self.key, []).append(pair[2].strip())
        elif more and self.key:
            self.values[self.key].append(more[1].strip())
        return bool(pair or (more and self.key))


def _load(text: str) -> Mapping:
    """Give the pairs of a head without its dashes."""
    check_size(text)
    taken = _Taken()
    for number, line in enumerate(text.split("\n")):
        taken.take(line.rstrip("\r"), number)
    return Mapping(
        values={
            key: values[0] if key in _SINGLE else "\n".join(values) for key, values in taken.values.items()
        },
        lines=taken.lines,
    )


def _find(text: str, position: int) -> Bounds | None:
    """Give where lines of pairs stand: up to a blank line, a line of dashes, or the first other line."""
    taken = _Taken()
    starts = ends = position
    for number, (begins, line) in enumerate(_lines(text, position)):
        if number == 0 and _BEGIN.match(line):
            starts = ends = min(begins + len(line) + 1, len(text))
            continue
        if not line.strip() or _END.match(line):
            closed = min(begins + len(line) + 1, len(text))
            return Bounds(starts=starts, ends=begins, closed=closed) if taken.key else None
        if not taken.take(line, number):
            break
        ends = min(begins + len(line) + 1, len(text))
    return Bounds(starts=starts, ends=ends, closed=ends) if taken.key else None


def _lines(text: str, position: int) -> Iterator[tuple[int, str]]:
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end == -1 else end
        yield position, text[position:end].rstrip("\r")
        position = end + 1


def _find_yaml(text: str, position: int) -> Bounds | None:
    """Give where YAML stands between dashes; ``None`` where they are pairs, and a rule in the text."""
    bounds = YAML.find(text, position)
    head = text[bounds.starts : bounds.ends] if bounds else ""
    if not _BLANK_LINE.search(head.strip("\n")):
        return bounds
    try:
        limited_yaml.load_mapping(head)
    except MappingError:
        return None if _find(text, position) else bounds
    return bounds


def _load_yaml(text: str) -> Mapping:
    """Give the pairs of YAML, their keys in lower case; where it is none, those that the lines hold."""
    try:
        found = limited_yaml.load_mapping(text)
    except MappingError:
        lines = _load(text)
        if not lines.values:
            raise
        return lines
    return Mapping(
        values={key.lower(): value for key, value in found.values.items()},
        lines={key.lower(): line for key, line in found.lines.items()},
        repeated=found.repeated,
    )


HEADS = Heads(kinds=(Kind(find=_find_yaml, load=_load_yaml), Kind(find=_find, load=_load)))
