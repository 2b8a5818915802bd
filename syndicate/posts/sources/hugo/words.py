"""Names made fit for an address (common/paths/pathparser.go, helpers/path.go UnicodeSanitize)."""

import re
import unicodedata
from urllib.parse import quote

_ALLOWED = frozenset("./\\_#+~-@")
_HEX_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
#: What Go leaves alone in a path; "#" would end it.
_SAFE = "/!$&'()*+,;=:@~-._?%"


def normalised(path: str) -> str:
    """Give the path that Hugo knows a file by: in lower case, each space a hyphen."""
    return path.lower().replace(" ", "-")


def sanitised(text: str, *, accents: bool = True) -> str:
    """Give letters, digits and what addresses allow; runs of space become one hyphen, the rest goes."""
    if not accents:
        text = unicodedata.normalize(
            "NFC", "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
        )
    kept: list[str] = []
    waiting = False
    for position, char in enumerate(text):
        if _is_allowed(text, position):
            if waiting and char != "-":
                kept.append("-")
            kept.append(char)
            waiting = False
        elif kept and char.isspace() and kept[-1] != "-":
            waiting = True
    return "".join(kept)


def escaped(path: str) -> str:
    """Give ``path`` percent-encoded; escapes in it stay."""
    return quote(_STRAY_PERCENT.sub("%25", path), safe=_SAFE, errors="replace")


def lowered(value: object) -> object:
    """Give ``value`` with every key in it in lower case: Hugo's keys know no case."""
    if isinstance(value, dict):
        return {str(key).lower(): lowered(inner) for key, inner in value.items()}
    return [lowered(inner) for inner in value] if isinstance(value, list) else value


def _is_allowed(text: str, position: int) -> bool:
    char = text[position]
    if char in _ALLOWED or char.isalpha() or char.isdecimal():
        return True
    if char == "%":
        return _HEX_ESCAPE.match(text, position) is not None
    return not char.isascii() and unicodedata.category(char).startswith("M")
