"""Where Markdown is code, so that nothing is looked for in there. Every walk is linear in the text."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)", re.DOTALL)
_INDENTED = re.compile(r" {4}|\t")
_BACKTICKS = re.compile(r"`+")
#: Without any of them there is neither a fence, nor a span, nor an indented line.
_MARKS = ("`", "~~~", "    ", "\t")
_LONGEST_MARK = 4


class Fences:
    """Follows fenced code (CommonMark §4.5) line by line."""

    def __init__(self) -> None:
        self._open = ""

    @property
    def inside(self) -> bool:
        """Say whether the next line is in a fence."""
        return bool(self._open)

    def take(self, line: str) -> bool:
        """Take the next line; say whether it is code or a fence."""
        if not (self._open or "```" in line or "~~~" in line):  # as nearly all lines are
            return False
        match = _FENCE.match(line)
        if self._open:
            if match and match[1].startswith(self._open) and not match[2].strip():
                self._open = ""
            return True
        if match and not (match[1][0] == "`" and "`" in match[2]):
            self._open = match[1]
            return True
        return False


def all_outside_code(source: str, needle: str) -> Iterator[int]:
    """Give every place where ``needle`` stands outside of code, in order."""
    found = source.find(needle)
    before = 0
    while found != -1 and not _may_hold_code(source[before : found + _LONGEST_MARK]):
        yield found
        before, found = found, source.find(needle, found + len(needle))
    ranges = code_ranges(source) if found != -1 else iter(())
    start = end = -1
    while found != -1:
        while end <= found and start <= found:  # only as far as there is something to find
            start, end = next(ranges, (len(source), len(source) + 1))
        if found < start:
            yield found
        found = source.find(needle, found + len(needle))


def _may_hold_code(source: str) -> bool:
    return any(mark in source for mark in _MARKS)


def first_outside_code(source: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Give the first match of ``pattern`` outside of code; ``None`` when there is none."""
    ranges: Iterator[tuple[int, int]] = iter(())
    start = end = -1
    for index, match in enumerate(pattern.finditer(source)):
        ranges = ranges if index else code_ranges(source)  # only where there is something to find
        while end <= match.start() and start <= match.start():
            start, end = next(ranges, (len(source), len(source) + 1))
        if match.start() < start:
            return match
    return None


def code_ranges(source: str, *, indented: bool = True) -> Iterator[tuple[int, int]]:
    """Give the stretches of code, in order, some of them empty: fenced lines, ``indented`` blocks, spans."""
    fences = Fences()
    position = 0
    paragraph: int | None = None
    while position < len(source):
        end = source.find("\n", position) + 1 or len(source)
        line = source[position:end]
        fenced = fences.take(line)
        # An indented line is code only where no paragraph goes on (CommonMark §4.4).
        by_indent = indented and paragraph is None and _INDENTED.match(line) is not None
        code = fenced or (by_indent and bool(line.strip()))
        if (code or not line.strip()) and paragraph is not None:
            yield from _spans(source, paragraph, position)
            yield position, position  # no code up to here: who looks for an early place needn't wait for more
            paragraph = None
        if code:
            yield position, end
        elif line.strip() and paragraph is None:
            paragraph = position
        position = end
    if paragraph is not None:
        yield from _spans(source, paragraph, position)


def _spans(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the code spans of a paragraph: a run of backticks up to the next run of the same length (§6.1)."""
    runs = list(_BACKTICKS.finditer(source, start, end))
    waiting: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        waiting.setdefault(len(runs[index][0]), []).append(index)
    index = 0
    while index < len(runs):
        same = waiting[len(runs[index][0])]
        while same and same[-1] <= index:
            same.pop()
        if same:
            closing = runs[same[-1]]
            yield runs[index].start(), closing.end()
            index = same[-1]
        index += 1
