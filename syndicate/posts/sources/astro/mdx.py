"""MDX reduced to Markdown: components to what is inside them, code to nothing. Linear in the text."""

import re
from collections.abc import Iterator
from itertools import chain

from syndicate.posts.code_blocks import Fences, code_ranges
from syndicate.posts.template_tags import Reduced, shown

_MODULE = re.compile(r"(?:import|export)(?=[\s{*\"'])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
#: Containers that say nothing to a reader, and in which HTML would have no Markdown.
_BOXES = "div|section|article|aside|main|header|footer|nav|center"
_MARK = re.compile(
    rf"\\.|[{{}}]|</?(?:[A-Z][\w.$:-]*|[a-z][\w$]*\.[\w.$]+|(?:{_BOXES})(?![\w-])|>)", re.DOTALL
)
_IN_TAG = re.compile(r"[\"'{<>]")
#: ``{"text"}`` and ``{' '}`` are text.
_TEXT = re.compile(r"\s*(?:\"([^\"\\\n]*)\"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*")
_COMMENT = re.compile(r"\s*/\*.*\*/\s*", re.DOTALL)
_LIST_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
_INDENTED = re.compile(r"^(?: {4}|\t)[ \t]*")


def reduced(source: str) -> Reduced:
    """Give Markdown without imports, exports, components and expressions; what components hold stays."""
    text = _without_modules(source)
    matches = _braces(text)
    pieces: list[str] = []
    removed: list[str] = []
    position = 0
    for match in _outside(_MARK, text):
        if match.start() < position:
            continue
        instead, end = _replacement(text, match, matches, removed)
        pieces += [text[position : match.start()], instead]
        position = end
    pieces.append(text[position:])
    return Reduced(text=_dedented("".join(pieces)), removed=tuple(dict.fromkeys(removed)))


def _replacement(
    text: str, match: re.Match[str], matches: dict[int, int], removed: list[str]
) -> tuple[str, int]:
    """Give what stands in place of a mark, and where the text goes on."""
    mark, start = match[0], match.start()
    if mark[0] == "\\":
        return mark, match.end()
    if mark in "{}":
        end = matches.get(start, -1)
        if end == -1:
            return "", match.end()
        return _expression(text[start : end + 1], removed), end + 1
    end = match.end() if mark.endswith(">") else _tag_end(text, match.end(), matches)
    if end == -1:
        return f"\\{mark}", match.end()
    if mark[1] not in "/>" and (mark[1].isupper() or "." in mark):
        removed.append(shown(f"<{mark[1:]}>"))
    return "", end


def _expression(braced: str, removed: list[str]) -> str:
    text = _TEXT.fullmatch(braced[1:-1])
    if text:
        return next(part for part in text.groups() if part is not None)
    if not _COMMENT.fullmatch(braced[1:-1]):
        removed.append(shown(braced))
    return ""


def _tag_end(text: str, position: int, matches: dict[int, int]) -> int:
    """Give where the tag whose name ends at ``position`` is over; -1 where another begins before that."""
    while found := _IN_TAG.search(text, position):
        mark = found[0]
        if mark == ">":
            return found.end()
        if mark == "<":
            return -1
        end = matches.get(found.start(), -1) if mark == "{" else text.find(mark, found.end())
        if end == -1:
            return -1
        position = end + 1
    return -1


def _braces(text: str) -> dict[int, int]:
    """Give where each brace that opens is closed."""
    stack: list[int] = []
    found = {}
    for match in _outside(_BRACE, text):
        if match[0] == "{":
            stack.append(match.start())
        elif match[0] == "}" and stack:
            found[stack.pop()] = match.start()
    return found


def _outside(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Give the matches that don't begin in code; MDX has none by indentation."""
    ranges = chain(code_ranges(text, indented=False), [(len(text), len(text) + 1)])
    start, end = next(ranges)
    for match in pattern.finditer(text):
        while end <= match.start():
            start, end = next(ranges)
        if match.start() < start:
            yield match


def _without_modules(source: str) -> str:
    """Give the text without its imports and exports: from the beginning of a paragraph to a blank line."""
    lines = source.split("\n")
    kept: list[str] = []
    fences = Fences()
    index = 0
    begins = patient = True
    while index < len(lines):
        line = lines[index]
        if begins and not fences.inside and _MODULE.match(line):
            index, closed = _module_end(lines, index, patient=patient)
            patient = patient and closed
            continue
        fences.take(line)
        kept.append(line)
        begins = not line.strip()
        index += 1
    return "\n".join(kept)


def _module_end(lines: list[str], start: int, *, patient: bool) -> tuple[int, bool]:
    """Give where a module's code is over, and whether its brackets are closed there.

    Whoever is not ``patient`` takes the first blank line: brackets that nothing closes were looked for once.
    """
    depth = 0
    first_blank = len(lines)
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.strip():
            first_blank = min(first_blank, index)
            if depth <= 0 or not patient:
                return index, depth <= 0
        depth += sum(map(line.count, "{([")) - sum(map(line.count, "})]"))
    return (len(lines) if depth <= 0 else first_blank), depth <= 0


def _dedented(text: str) -> str:
    """Give the text without the indentation that would make code of it: it only showed what is in what."""
    fences = Fences()
    in_list = False
    lines = []
    for line in text.split("\n"):
        if not fences.take(line) and line.strip():
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and line[0] in " \t")
            line = line if in_list else _INDENTED.sub("", line, count=1)  # noqa: PLW2901 - the same line, moved
        lines.append(line)
    return "\n".join(lines)
