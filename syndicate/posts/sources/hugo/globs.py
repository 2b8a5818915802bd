"""Patterns for paths of pages (hugofs/hglob, which is gobwas/glob with "/" between the parts)."""

import re
from collections.abc import Iterator

_PIECE = re.compile(r"\*\*|\*|\?|\[!?[^\]]*\]|[{},]|\\.|[^*?\[{},\\]+|.", re.DOTALL)


def compile_glob(pattern: str) -> re.Pattern[str]:
    """Give what matches a whole path in lower case: ``*`` within a part, ``**`` across, ``{a,b}`` either."""
    try:
        return re.compile("".join(_translated(pattern.lower())), re.DOTALL)
    except re.error:  # an unclosed brace, say: only itself
        return re.compile(re.escape(pattern.lower()))


def _translated(pattern: str) -> Iterator[str]:
    depth = 0
    for piece in _PIECE.findall(pattern):
        if piece == "{":
            depth += 1
        elif piece == "}" and depth:
            depth -= 1
        yield _expression(piece, inside=depth > 0 or piece == "}")


def _expression(piece: str, *, inside: bool) -> str:
    fixed = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:"} | ({",": "|", "}": ")"} if inside else {})
    if piece in fixed:
        return fixed[piece]
    if piece.startswith("[") and piece.endswith("]"):
        return f"[^{piece[2:]}" if piece.startswith("[!") else piece
    return re.escape(piece[1:] if piece.startswith("\\") and len(piece) > 1 else piece)
