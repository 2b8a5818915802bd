"""Words made fit for an address (lib/jekyll/utils.rb slugify, lib/jekyll/url.rb)."""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

_PRETTY_EXTRAS = frozenset("._~!$&'()+,;=@")
_PLAIN_PATH = re.compile(r"[a-zA-Z0-9./-]+")
#: What Addressable leaves alone in a path.
_SAFE = "/!$&'()*+,;=:@~-._?"


def slugify(text: str, mode: str = "default") -> str:
    """Give letters and digits in lower case, everything else as single hyphens; or what ``mode`` says."""
    if mode == "raw":
        return re.sub(r"\s+", "-", text).removeprefix("-").removesuffix("-").lower()
    if mode == "pretty":
        return pretty_slug(text).lower()
    if mode in {"ascii", "latin"}:
        return _hyphenated(
            _latin(text) if mode == "latin" else text, extras=frozenset(), wordlike=_ascii
        ).lower()
    return _hyphenated(text, extras=frozenset()).lower() if mode == "default" else text.lower()


def pretty_slug(text: str) -> str:
    """Give what Jekyll's mode "pretty" makes of a file's slug: punctuation that addresses allow stays."""
    return _hyphenated(text, extras=_PRETTY_EXTRAS)


def escape_path(text: str) -> str:
    """Give ``text`` percent-encoded for a path."""
    return text if _PLAIN_PATH.fullmatch(text) else quote(text, safe=_SAFE, errors="replace")


def titleize(slug: str) -> str:
    """Give the title a file has that names none: ``no-title`` is "No Title"."""
    return " ".join(word.capitalize() for word in slug.split("-"))


def _hyphenated(text: str, *, extras: frozenset[str], wordlike: Callable[[str], bool] | None = None) -> str:
    fits = wordlike or _wordlike
    kept = "".join(char if fits(char) or char in extras else "\0" for char in text)
    return re.sub("\0+", "-", kept).removeprefix("-").removesuffix("-")


def _latin(text: str) -> str:
    """Give ``text`` without accents; what has no Latin form is a question mark, as in Ruby's I18n."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return bare.encode("ascii", "replace").decode("ascii")


def _ascii(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _wordlike(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    return char.isalpha() or char.isdecimal() or unicodedata.category(char).startswith("M")
