"""The few places where kramdown reads Markdown otherwise than CommonMark, bridged in the source."""

import re

from syndicate.posts.code_blocks import Fences

_LONE_MARKER = re.compile(r"( {0,3})([-+*]|\d+\.)[ \t\r]*")
_ATTRIBUTES = r"""(?:[ \t]*(?:[.#][\w-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"']+)))+[ \t]*"""
#: kramdown's attribute lists, https://kramdown.gettalong.org/syntax.html#inline-attribute-lists
_BLOCK_ATTRIBUTES = re.compile(rf"[ \t]*\{{:(?:{_ATTRIBUTES}|[ \t]*[\w-]+[ \t]*)\}}[ \t\r]*")
_INLINE_ATTRIBUTES = re.compile(rf"\{{:{_ATTRIBUTES}\}}")


def to_commonmark(source: str) -> str:
    """Give ``source`` so that CommonMark reads it as kramdown does.

    A line that is only a list marker is text; attribute lists are dropped. Code fences are left alone.
    """
    fences = Fences()
    lines = []
    for line in source.split("\n"):
        if fences.take(line):
            lines.append(line)
        elif "{:" not in line:
            lines.append(_escaped_marker(line))
        elif not _BLOCK_ATTRIBUTES.fullmatch(line):
            lines.append(line if "`" in line else _INLINE_ATTRIBUTES.sub("", line))
    return "\n".join(lines)


def _escaped_marker(line: str) -> str:
    marker = _LONE_MARKER.fullmatch(line) if len(line) < 16 else None
    return f"{marker[1]}{marker[2][:-1]}\\{marker[2][-1]}" if marker else line
