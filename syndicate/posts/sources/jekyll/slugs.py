"""Words made fit for an address (lib/jekyll/utils.rb slugify, lib/jekyll/url.rb)."""

import re
import unicodedata
from urllib.parse import quote

_PRETTY_EXTRAS = frozenset("._~!$&'()+,;=@")
_PLAIN_PATH = re.compile(r"[a-zA-Z0-9./-]+")
#: What Addressable leaves alone in a path.
_SAFE = "/!$&'()*+,;=:@~-._?"


def slugify(text: str) -> str:
    """Give letters and digits in lower case, everything else as single hyphens."""
    return _hyphenated(text, extras=frozenset()).lower()


def pretty_slug(text: str) -> str:
    """Give what Jekyll's mode "pretty" makes of a file's slug: punctuation that addresses allow stays."""
    return _hyphenated(text, extras=_PRETTY_EXTRAS)


def escape_path(text: str) -> str:
    """Give ``text`` percent-encoded for a path."""
    return text if _PLAIN_PATH.fullmatch(text) else quote(text, safe=_SAFE, errors="replace")


def titleize(slug: str) -> str:
    """Give the title a file has that names none: ``no-title`` is "No Title"."""
    return " ".join(word.capitalize() for word in slug.split("-"))


def _hyphenated(text: str, *, extras: frozenset[str]) -> str:
    kept = "".join(char if _wordlike(char) or char in extras else "\0" for char in text)
    return re.sub("\0+", "-", kept).removeprefix("-").removesuffix("-")


def _wordlike(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    return char.isalpha() or char.isdecimal() or unicodedata.category(char).startswith("M")
