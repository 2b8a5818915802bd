"""Where Markdown is code, so that nothing is looked for in there."""

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)", re.DOTALL)
_INDENTED = re.compile(r"(?: {4}|\t)")


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
        match = _FENCE.match(line)
        if self._open:
            if match and match[1].startswith(self._open) and not match[2].strip():
                self._open = ""
            return True
        if match and not (match[1][0] == "`" and "`" in match[2]):
            self._open = match[1]
            return True
        return False


def find_outside_code(source: str, needle: str) -> int:
    """Give where ``needle`` first stands outside of code blocks and code spans, else -1."""
    found = source.find(needle)
    while found != -1:
        if not _in_code(source, found):
            return found
        found = source.find(needle, found + len(needle))
    return -1


def _in_code(source: str, position: int) -> bool:
    before = source[:position]
    fences = Fences()
    lines = before.split("\n")
    fenced = False
    for line in lines:
        fenced = fences.take(line)
    if fenced:
        return True
    return _in_indented_block(lines) or _in_span(source, position)


def _in_indented_block(lines: list[str]) -> bool:
    """Say whether the last line is indented code: four spaces, after a blank line (CommonMark §4.4)."""
    if not _INDENTED.match(lines[-1]):
        return False
    above = lines[:-1]
    while above and _INDENTED.match(above[-1]) and above[-1].strip():
        above.pop()
    return not above or not above[-1].strip()


def _in_span(source: str, position: int) -> bool:
    """Say whether a run of backticks before ``position`` closes only after it, within its paragraph."""
    begin = source.rfind("\n\n", 0, position) + 1
    end = source.find("\n\n", position)
    runs = list(re.finditer(r"`+", source[begin : end if end != -1 else len(source)]))
    index = 0
    while index < len(runs) and begin + runs[index].start() < position:
        closing = _closing_run(runs, index)
        if closing is not None and begin + runs[closing].start() >= position:
            return True
        index = index + 1 if closing is None else closing + 1
    return False


def _closing_run(runs: list[re.Match[str]], opening: int) -> int | None:
    length = len(runs[opening][0])
    return next((i for i in range(opening + 1, len(runs)) if len(runs[i][0]) == length), None)
