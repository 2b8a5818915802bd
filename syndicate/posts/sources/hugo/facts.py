"""Collections, authors, categories, tags, pictures, as Hugo and its themes have them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from syndicate.posts.sources.hugo.values import text, texts

Values = Mapping[str, Any]
#: Where themes look for a page's picture, after Hugo's own ``images``.
_PICTURES = ("images", "image", "featured_image", "featuredimage", "cover", "thumbnail")
_ADDRESSES = ("image", "src", "url", "path", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture's address as written, and its alternative text."""

    address: str = ""
    alt: str = ""


def authors(values: Values, name_of: Callable[[str], str]) -> tuple[str, ...]:
    """Give the names of ``author``, else ``authors``; ``name_of`` gives "" for who has no page here."""
    given = values.get("author") or values.get("authors")
    people = given if isinstance(given, list) else [given]
    names = (text(each.get("name")) if isinstance(each, dict) else text(each) for each in people)
    return tuple(dict.fromkeys(name_of(name) or name for name in names if name))


def terms(values: Values, key: str) -> tuple[str, ...]:
    """Give the terms of a taxonomy, each once; a text that stands alone is one term."""
    return texts(values.get(key))


def picture(values: Values) -> Picture:
    """Give the picture that the front matter names."""
    for key in _PICTURES:
        found = _picture(values.get(key))
        if found.address:
            alt = text(values.get(f"{key}_alt")) or text(values.get("image_alt"))
            return Picture(address=found.address, alt=found.alt or alt)
    return Picture()


def featured(names: list[str]) -> str:
    """Give the file of a bundle that is its picture (templates/_partials/_funcs/get-page-images.html)."""
    pictures = [
        name for name in names if name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"))
    ]
    for wanted in (("feature",), ("cover", "thumbnail")):
        found = next((name for name in pictures if any(word in name.lower() for word in wanted)), "")
        if found:
            return found
    return ""


def _picture(given: object) -> Picture:
    first = next(iter(given), None) if isinstance(given, list) else given
    if isinstance(first, dict):
        address = next(filter(None, (text(first.get(key)) for key in _ADDRESSES)), "")
        return Picture(address=address, alt=text(first.get("alt")))
    return Picture(address=text(first) if isinstance(first, str) else "")
