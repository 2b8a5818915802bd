"""Single lines that kramdown reads otherwise than CommonMark, bridged in the source."""

import re

from syndicate.posts.code_blocks import Fences
from syndicate.posts.kramdown.attributes import ATTRIBUTES, BLOCK
from syndicate.posts.kramdown.emphasis import Emphasis

#: After so many of them a text is left as it is: each costs a pass over what follows.
_UNCLOSED_FENCES = 8
_LONE_MARKER = re.compile(r"( {0,3})([-+*]|\d+\.)[ \t\r]*")
_PARENTHESIS_MARKER = re.compile(r"( {0,3}\d{1,9})\)(?=[ \t]|$)")
#: Behind an element, or at the start of an item of a list; anywhere else they are text.
_INLINE_ATTRIBUTES = re.compile(rf"(?<=[*_)\]`>~])\{{:{ATTRIBUTES}\}}|(?<=^[-+*] )\{{:{ATTRIBUTES}\}}[ \t]*")
_HEADING_ID = re.compile(r"\{#[\w:-]+\}$")
_HEADING = re.compile(r" {0,3}#{1,6}")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t\r]*")
_CONTENTS = re.compile(r"[ \t]*\{:[ \t]*toc[ \t]*\}[ \t\r]*")
_ITEM = re.compile(r" {0,3}(?:[-+*]|\d+\.)[ \t]")
_NOTABLE_START = re.compile(r" {0,3}[-+\d^]")
#: What may hold a tilde that is no markup: a tag, an address, a span of code; or a tilde by itself.
_TILDE = re.compile(r"<[^<>]*>|`[^`]*`|\]\([^()\s]*\)|(?<![~\\])~(?!~)")
_SINGLE_HTML_BLOCK = re.compile(
    r" {0,3}<(p|div|iframe|center|h[1-6]|table|section|figure)\b[^<>]*>.*</\1>[ \t\r]*"
)
#: A tag of a line of text; with any other the block goes on.
_INLINE_TAG = re.compile(r"\s*<(?:abbr|[abiqsu]|br|cite|code|em|img|kbd|mark|small|span|strong|su[bp])\b")


def bridged(source: str) -> str:
    """Give ``source`` so that CommonMark reads its lines as kramdown does.

    A line that is only a list marker is text, so is a fence that is never closed; attribute lists are
    dropped. Fenced code is left alone.
    """
    lines: list[str] = []
    rest = source.split("\n")
    for _ in range(_UNCLOSED_FENCES):
        taken, unclosed = _bridged(rest)
        if unclosed is None:
            return "\n".join([*lines, *taken])
        before, _ = _bridged(rest[:unclosed])
        lines += [*before, f"\\{rest[unclosed].lstrip()}"]
        rest = rest[unclosed + 1 :]
    return "\n".join([*lines, *rest])


def _bridged(source: list[str]) -> tuple[list[str], int | None]:
    """Give the lines as CommonMark wants them, and where a fence opens that nothing closes."""
    fences = Fences()
    emphasis = Emphasis()
    lines: list[str] = []
    opened = None
    for index, line in enumerate(source):
        inside = fences.inside
        if fences.take(line):
            opened = opened if inside else index
            lines.append(line)
        elif not _is_notable(line):
            lines.append(line)
            if not line or line.isspace():
                emphasis.end()
        elif "{:" in line and BLOCK.fullmatch(line):
            if _CONTENTS.fullmatch(line) and lines and _ITEM.match(lines[-1]):
                lines.pop()  # the item that would become the table of contents
        else:
            lines += _line(line, source[index + 1] if index + 1 < len(source) else "", emphasis)
    return lines, opened if fences.inside else None


def _is_notable(line: str) -> bool:
    """Say whether a line may mean something else to kramdown; most don't, and all are asked."""
    marks = "*" in line or "_" in line or "~" in line or "{" in line or "<" in line
    return marks or _NOTABLE_START.match(line) is not None


def _line(line: str, following: str, emphasis: Emphasis) -> list[str]:
    if "{:" in line:
        line = _INLINE_ATTRIBUTES.sub("", line) if "`" not in line else _outside_code(line)
    if "{#" in line and (_HEADING.match(line) or _UNDERLINE.fullmatch(following)):
        line = _HEADING_ID.sub("", line.rstrip()).rstrip()
    if line.count("~") > 1 and not line.lstrip().startswith("<"):
        line = _TILDE.sub(lambda found: "\\~" if found[0] == "~" else found[0], line)
    line = emphasis.take(_escaped_marker(line))
    if line.startswith("^") and line.strip() == "^":  # kramdown's end of a block
        return ["", "<!-- -->", ""]
    # Text right below an HTML block is text again; in CommonMark the block goes on to the next blank line.
    ends = "</" in line and following.strip() and _is_text(following)
    return [line, ""] if ends and _SINGLE_HTML_BLOCK.fullmatch(line) else [line]


def _is_text(line: str) -> bool:
    return not line.lstrip().startswith("<") or _INLINE_TAG.match(line) is not None


def _outside_code(line: str) -> str:
    pieces = re.split(r"(`+[^`]*`+)", line)
    for index in range(0, len(pieces), 2):
        before = pieces[index - 1][-1:] if index else ""
        pieces[index] = _INLINE_ATTRIBUTES.sub("", before + pieces[index])[len(before) :]
    return "".join(pieces)


def _escaped_marker(line: str) -> str:
    marker = _LONE_MARKER.fullmatch(line)
    if marker:
        return f"{marker[1]}{marker[2][:-1]}\\{marker[2][-1]}"
    return _PARENTHESIS_MARKER.sub(r"\1\\)", line, count=1) if ")" in line[:13] else line
