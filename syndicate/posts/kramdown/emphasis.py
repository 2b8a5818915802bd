"""Runs of ``_`` and ``*``: in kramdown two of them never end what one began (parser/kramdown/emphasis.rb)."""

import re
from types import MappingProxyType

#: Marks of one emphasis; with no more there is nothing within.
_A_PAIR = 2
#: Each begins with the mark itself: the engine skips to the next one.
_RUN = re.compile(r"__(?!_)(?<!___)(?<!\\__)|\*\*(?!\*)(?<!\*\*\*)(?<!\\\*\*)")
_SINGLE = MappingProxyType(
    {"_": re.compile(r"_(?!_)(?<!__)(?<!\\_)"), "*": re.compile(r"\*(?!\*)(?<!\*\*)(?<!\\\*)")}
)


class Emphasis:
    """Follows the pairs of a paragraph line by line."""

    def __init__(self) -> None:
        self._open = {"__": 0, "**": 0}

    def end(self) -> None:
        """End the paragraph, and whatever it left open."""
        self._open = {"__": 0, "**": 0}

    def take(self, line: str) -> str:
        """Give the next line, a pair that has nothing to end made text."""
        if "`" in line or "<" in line or "](" in line:
            return self._counted(line)
        if "__" not in line and "**" not in line:
            return _without_inner(line)
        pieces = []
        position = 0
        single = min((_first_single(line, mark) for mark in _SINGLE), default=len(line))
        for run in _RUN.finditer(line):
            pieces.append(line[position : run.start()])
            pieces.append(self._pair(line, run, after_single=single < run.start()))
            position = run.end()
        return _without_inner("".join((*pieces, line[position:])))

    def _counted(self, line: str) -> str:
        # Where code or links may hold runs, nothing is changed; what they opened may close later.
        for mark in self._open:
            self._open[mark] += line.count(mark)
        return line

    def _pair(self, line: str, run: re.Match[str], *, after_single: bool) -> str:
        mark = run[0]
        before, after = line[: run.start()][-1:], line[run.end() :][:1]
        may_end = bool(before.strip()) and not (after.isalnum() and mark == "__")
        may_begin = bool(after.strip()) and not (before.isalnum() and mark == "__")
        if may_end and self._open[mark] > 0:
            self._open[mark] -= 1
        elif may_end and not may_begin and after_single:
            return f"\\{mark[0]}\\{mark[1]}"
        elif may_begin:
            self._open[mark] += 1
        return mark


def _first_single(line: str, mark: str) -> int:
    found = _SINGLE[mark].search(line)
    return found.start() if found else len(line)


def _without_inner(line: str) -> str:
    """Give ``line`` so that within emphasis none of the same kind begins: what began first ends first."""
    for mark in "_*":
        if line.count(mark) > _A_PAIR:
            line = _of_one_kind(line, mark)
    return line


def _of_one_kind(line: str, mark: str) -> str:
    places = [found.start() for found in _SINGLE[mark].finditer(line)]
    inner: set[int] = set()
    opened: list[int] | None = None
    for place in places:
        if opened is not None and _may_end(line, place):
            inner.update(opened)
            opened = None
        elif opened is not None:
            opened.append(place)
        elif _may_begin(line, place):
            opened = []
    return (
        "".join(f"\\{char}" if index in inner else char for index, char in enumerate(line)) if inner else line
    )


def _may_end(line: str, place: int) -> bool:
    before, after = line[place - 1 : place], line[place + 1 : place + 2]
    return bool(before.strip()) and not (line[place] == "_" and after.isalnum())


def _may_begin(line: str, place: int) -> bool:
    before, after = line[:place][-1:], line[place + 1 : place + 2]
    return bool(after.strip()) and not (line[place] == "_" and (before.isalnum() or before == "-"))
