"""Tables as kramdown knows them: they need no head and no line below it, and code may hold a bar."""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from syndicate.posts.code_blocks import Fences

#: What a line between head, body and foot is made of, https://kramdown.gettalong.org/syntax.html#tables
_LINE = frozenset("+|: -")
_FOOT_LINE = frozenset("+|: =")
#: A code span, an escaped character, or a bar; nothing else matters here.
_PIECE = re.compile(r"(?P<code>(?<!`)(`{1,20})(?!`)[^`]*(?<!`)\2(?!`))|\\.|(?P<bar>\|)")
_NO_TABLE = re.compile(r" {4}|\t| {0,3}(?:[-+*][ \t]|\d+[.)][ \t]|>|#|<|\[\^?[^\]\n]*\]:|\*\[)")
#: Larger tables stay text: a single wide row would make every other as wide.
_MAX_CELLS = 20_000


def with_tables(source: str) -> str:
    """Give ``source`` with kramdown's tables as GitHub's, the head left empty where one has none."""
    lines: list[str] = []
    for text, block in groupby(_told_apart(source), key=itemgetter(0)):
        found = [line for _, line in block]
        lines += _table(found) if text and _is_table(found) else found
    return "\n".join(lines)


def _told_apart(source: str) -> Iterator[tuple[bool, str]]:
    """Give each line, and whether it is text: neither blank nor fenced code."""
    fences = Fences()
    for line in source.split("\n"):
        fenced = fences.take(line)
        yield bool(line.strip()) and not fenced, line


def _is_table(block: list[str]) -> bool:
    rows = _without_attributes(block)
    if not rows or "|" not in rows[0] or _NO_TABLE.match(rows[0]) or _is_separator(rows[0]):
        return False
    return all(_is_separator(row) or _bars(row) for row in rows)


def _without_attributes(block: list[str]) -> list[str]:
    return [line for line in block if not line.lstrip().startswith("{:")]


def _bars(line: str) -> list[int]:
    return [found.start() for found in _PIECE.finditer(line) if found["bar"]]


def _table(block: list[str]) -> list[str]:
    rows = _without_attributes(block)
    separator = next((index for index, row in enumerate(rows) if _is_head_line(row)), None)
    texts = [row for row in rows if not _is_separator(row)]
    cells = [_cells(row) for row in texts]
    width = max(map(len, cells))
    if width * len(rows) > _MAX_CELLS:
        return block
    has_head = separator is not None and separator > 0
    alignment = _cells(rows[separator]) if separator is not None else []
    head = cells[0] if has_head else [""] * width
    body = cells[1:] if has_head else cells
    return [
        _row(head, width),
        _row(_alignment(alignment, width), width),
        *(_row(each, width) for each in body),
    ]


def _is_separator(row: str) -> bool:
    found = set(row.strip())
    return ("-" in found and found <= _LINE) or ("=" in found and found <= _FOOT_LINE)


def _is_head_line(row: str) -> bool:
    return _is_separator(row) and "=" not in row


def _alignment(cells: list[str], width: int) -> list[str]:
    """Give GitHub's ``---``, ``:--``, ``--:`` or ``:-:`` for each column."""
    found = [f"{':' * cell.startswith(':')}---{':' * cell.endswith(':')}" for cell in cells]
    return (found + ["---"] * width)[:width]


def _cells(row: str) -> list[str]:
    text = row.strip().replace("+", "|") if _is_separator(row) else row.strip()
    cells = []
    start = 0
    for bar in _bars(text):
        cells.append(text[start:bar])
        start = bar + 1
    cells.append(text[start:])
    if text.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return [_escaped(cell.strip()) for cell in cells]


def _escaped(cell: str) -> str:
    """Give a cell whose code may hold bars: GitHub's tables want them escaped there."""
    return _PIECE.sub(lambda found: found[0].replace("|", "\\|") if found["code"] else found[0], cell)


def _row(cells: list[str], width: int) -> str:
    return f"| {' | '.join((list(cells) + [''] * width)[:width])} |"
