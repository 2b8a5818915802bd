"""Ids of entries: paths through github-slugger (Astro's getContentEntryIdAndSlug). Pure."""

import re
import unicodedata
from pathlib import PurePosixPath

#: Letters in circles and boxes: symbols to Unicode's categories, letters to its alphabet.
_ENCLOSED = re.compile("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")


def entry_id(inner: str) -> str:
    """Give the id of the entry at ``inner``, from its collection's folder."""
    pure = PurePosixPath(inner)
    parts = [github_slug(part) for part in (*pure.parent.parts, pure.stem)]
    return "/".join(parts[:-1] if len(parts) > 1 and parts[-1] == "index" else parts)


def github_slug(text: str) -> str:
    """Give letters, marks, digits, underscores and hyphens in lower case, and spaces as hyphens."""
    return "".join(char for char in text.lower() if _stays(char)).replace(" ", "-")


def _stays(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char in "_- "
    if unicodedata.category(char) == "So":
        return _ENCLOSED.match(char) is not None
    return char.isalpha() or unicodedata.category(char) in {"Mn", "Mc", "Me", "Nd", "Nl", "Pc"}
