"""Abbreviations: ``*[HTML]: Hyper Text`` anywhere explains each HTML in the text."""

import html as entities
import re
from collections.abc import Mapping

from syndicate.posts.code_blocks import Fences

_DEFINITION = re.compile(r" {0,3}\*\[([^\]\n]{1,100})\]:(.*)")
_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>|[^<]+|<")
#: Where nothing is explained.
_VERBATIM = frozenset({"code", "pre", "script", "style", "abbr", "kbd", "textarea"})
#: More than these are no longer somebody's notes.
_MOST = 200


def taken_abbreviations(source: str) -> tuple[str, Mapping[str, str]]:
    """Give ``source`` without the definitions, and what they explain."""
    if "*[" not in source or "]:" not in source:
        return source, {}
    found: dict[str, str] = {}
    lines = []
    fences = Fences()
    for line in source.split("\n"):
        match = None if fences.take(line) else _DEFINITION.fullmatch(line)
        if match and len(found) < _MOST:
            found[match[1].strip()] = match[2].strip()
        else:
            lines.append(line)
    return "\n".join(lines), found


def abbreviated(html: str, abbreviations: Mapping[str, str]) -> str:
    """Give ``html`` with each abbreviation in its text explained."""
    known = {entities.escape(name, quote=False): meaning for name, meaning in abbreviations.items() if name}
    if not known:
        return html
    longest_first = sorted(known, key=len, reverse=True)
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    pieces = []
    verbatim = 0
    for piece in _PIECE.finditer(html):
        if piece[2] and piece[2].lower() in _VERBATIM:
            verbatim = max(0, verbatim + (-1 if piece[1] else 1))
        is_text = not piece[2] and not verbatim
        pieces.append(words.sub(lambda found: _explained(found[0], known), piece[0]) if is_text else piece[0])
    return "".join(pieces)


def _explained(name: str, known: Mapping[str, str]) -> str:
    title = entities.escape(known[name])
    return f'<abbr title="{title}">{name}</abbr>' if title else f"<abbr>{name}</abbr>"
