"""A text's first heading, where it is the only title that it has. Pure, and linear in the text."""

import re
from dataclasses import dataclass

from syndicate.posts.code_blocks import Fences

#: CommonMark §4.2, of the first level.
_MARKED = re.compile(r" {0,3}#(?:[ \t]+(?P<text>.*))?$")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+$")
#: CommonMark §4.3.
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")
#: What begins another block, so that an underline below it makes no heading of it.
_OTHER_BLOCK = re.compile(r" {0,3}(?:#|>|[-*+][ \t]|\d{1,9}[.)][ \t]|\||<)| {4}|\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A text taken apart at its first heading."""

    #: As Markdown.
    heading: str
    #: Whether nothing but blank lines stands before it.
    opens: bool
    #: The text without it.
    body: str


def first_heading(body: str) -> Headed | None:
    """Give the first heading of the first level outside of code; ``None`` when there is none."""
    if "#" not in body and "=" not in body:
        return None
    lines = body.splitlines(keepends=True)
    fences = Fences()
    for index, line in enumerate(lines):
        if fences.take(line):
            continue
        length = _heading_lines(lines, index)
        if length:
            before = "".join(lines[:index])
            after = "".join(lines[index + length :])
            body = before + after if before.strip() else after.lstrip("\r\n")
            return Headed(heading=_text(line), opens=not before.strip(), body=body)
    return None


def _heading_lines(lines: list[str], index: int) -> int:
    """Give how many lines the heading that begins at ``index`` takes; 0 where none does."""
    line = lines[index].rstrip()
    if _MARKED.match(line):
        return 1 if _text(line) else 0
    underlined = index + 1 < len(lines) and _UNDERLINE.match(lines[index + 1].rstrip("\r\n"))
    # A paragraph of several lines may be a heading too; nobody's title is.
    alone = index == 0 or not lines[index - 1].strip()
    return 2 if underlined and alone and line.strip() and not _OTHER_BLOCK.match(line) else 0


def _text(line: str) -> str:
    marked = _MARKED.match(line.rstrip())
    text = (marked["text"] or "").strip() if marked else line.strip()
    return _CLOSING_MARKS.sub("", text).strip() if marked else text
