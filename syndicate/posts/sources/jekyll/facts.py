"""Authors, categories, tags, pictures (lib/jekyll/document.rb, and jekyll-feed's feed.xml)."""

from collections.abc import Iterable, Mapping

from syndicate.posts.facts import Values, names, picture, scalar
from syndicate.posts.plain import one_line

__all__ = ["authors", "categories", "image", "scalar", "tags"]


def title(values: Values) -> str:
    """Give the title; "" without one, which ``title: no`` is too: Ruby reads it as false."""
    given = values.get("title")
    return "" if given is False else scalar(given)


def categories(values: Values, folders: Iterable[str]) -> tuple[str, ...]:
    """Give the categories: of the folders above ``_posts``, then ``categories``, then ``category``."""
    listed = [*folders, *_words(values.get("categories"))]
    if values.get("category"):
        listed += _flat(values["category"])
    return tuple(dict.fromkeys(filter(None, listed)))


def tags(values: Values) -> tuple[str, ...]:
    """Give the tags: ``tag``, and only without it ``tags``."""
    listed = _flat(values["tag"]) if values.get("tag") else _words(values.get("tags"))
    return tuple(dict.fromkeys(filter(None, listed)))


def authors(values: Values, known: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names; a key of ``_data/authors.yml`` becomes the name that stands there."""
    return names(values.get("author") or values.get("authors"), known)


def image(values: Values) -> tuple[str, str]:
    """Give the picture's address as written, and its alternative text."""
    return picture(values.get("image"))


def _words(value: object) -> list[str]:
    """Split a string at white space; leave the items of a list whole."""
    return one_line(value).split() if isinstance(value, str) else _flat(value)


def _flat(value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list):
        return [scalar(value)]
    return [scalar(each) for item in value for each in (item if isinstance(item, list) else [item])]
