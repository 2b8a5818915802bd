r"""Formulas between ``$$``: kept as text, in ``\(…\)`` or ``\[…\]``, as kramdown leaves them to MathJax."""

import re

from syndicate.posts.code_blocks import all_outside_code

_MARK = "$$"
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def with_math_as_text(source: str) -> str:
    """Give ``source`` so that Markdown changes nothing within formulas."""
    pieces = []
    position = 0
    line = scanned = 0
    opened = -1
    for found in all_outside_code(source, _MARK):
        if found < position or source[found - 1 : found] == "\\":
            continue
        if opened == -1 or _BLANK_LINE.search(source, opened, found):
            opened = found
            line, scanned = _line_start(source, line, scanned, opened), opened
            continue
        end = found + len(_MARK)
        if not source[line : line + 8].lstrip().startswith("<"):  # HTML is left alone
            pieces += [source[position:opened], _formula(source, opened, end)]
            position = end
        opened = -1
    return "".join((*pieces, source[position:]))


def _formula(source: str, start: int, end: int) -> str:
    inside = source[start + 2 : end - 2].strip()
    escaped = _PUNCTUATION.sub(r"\\\g<0>", inside)
    alone = _ends_block(source[max(0, start - 80) : start][::-1]) and _ends_block(source[end : end + 80])
    opening, closing = ("\\\\[", "\\\\]") if alone else ("\\\\(", "\\\\)")
    return f"{opening}{escaped}{closing}"


def _ends_block(text: str) -> bool:
    """Say whether nothing of the same block follows (or, the other way round, stands before)."""
    first, _, rest = text.partition("\n")
    return not first.strip() and not rest.partition("\n")[0].strip()


def _line_start(source: str, before: int, scanned: int, position: int) -> int:
    """Give where the line of ``position`` starts; ``before`` is that of ``scanned``."""
    return source.rfind("\n", scanned, position) + 1 or before
