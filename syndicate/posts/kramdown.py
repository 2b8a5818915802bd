"""The few places where kramdown reads Markdown otherwise than CommonMark, bridged in the source."""

import re

from syndicate.posts.code_blocks import Fences

#: After so many of them a text is left as it is: each costs a pass over what follows.
_UNCLOSED_FENCES = 8
_LONE_MARKER = re.compile(r"( {0,3})([-+*]|\d+\.)[ \t\r]*")
_ATTRIBUTES = r"""(?:[ \t]*+(?:[.#][\w-]++|[\w-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s{}"']++)))++[ \t]*+"""
#: kramdown's attribute lists, https://kramdown.gettalong.org/syntax.html#inline-attribute-lists
_BLOCK_ATTRIBUTES = re.compile(rf"[ \t]*\{{:(?:{_ATTRIBUTES}|[ \t]*[\w-]+[ \t]*)\}}[ \t\r]*")
_INLINE_ATTRIBUTES = re.compile(rf"\{{:{_ATTRIBUTES}\}}")


def to_commonmark(source: str) -> str:
    """Give ``source`` so that CommonMark reads it as kramdown does.

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
    lines = []
    opened = None
    for index, line in enumerate(source):
        inside = fences.inside
        if fences.take(line):
            opened = opened if inside else index
            lines.append(line)
        elif "{:" not in line:
            lines.append(_escaped_marker(line))
        elif not _BLOCK_ATTRIBUTES.fullmatch(line):
            lines.append(line if "`" in line else _INLINE_ATTRIBUTES.sub("", line))
    return lines, opened if fences.inside else None


def _escaped_marker(line: str) -> str:
    marker = _LONE_MARKER.fullmatch(line)
    return f"{marker[1]}{marker[2][:-1]}\\{marker[2][-1]}" if marker else line
