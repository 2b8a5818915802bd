"""Attribute lists (``{: .note #top}``), which kramdown and Python-Markdown's extension write alike."""

import re

from syndicate.posts.code_blocks import Fences

#: https://kramdown.gettalong.org/syntax.html#inline-attribute-lists
ATTRIBUTES = r"""(?:[ \t]*+(?:[.#][\w:-]++|[\w-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s{}"']++)))++[ \t]*+"""
BLOCK = re.compile(rf"[ \t]*\{{:(?:{ATTRIBUTES}|[ \t]*[\w-]+[ \t]*)\}}[ \t\r]*")
_ANYWHERE = re.compile(rf"\{{:{ATTRIBUTES}\}}")


def without_attributes(source: str) -> str:
    """Give ``source`` without attribute lists, wherever they stand outside of code."""
    fences = Fences()
    lines = []
    for line in source.split("\n"):
        if fences.take(line) or "{:" not in line:
            lines.append(line)
        elif not BLOCK.fullmatch(line):
            lines.append(line if "`" in line else _ANYWHERE.sub("", line))
    return "\n".join(lines)
