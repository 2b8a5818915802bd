"""What a head says, in whatever shape its author wrote it. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from syndicate.posts.plain import one_line

Values = Mapping[str, Any]

_NO_NAMES: Mapping[str, str] = {}
_RIGHTS = ("rights", "copyright", "license", "licence")


def scalar(value: object) -> str:
    """Give a scalar on one line; "" for nothing, lists and maps."""
    if isinstance(value, str):
        return one_line(value)
    if value is None:  # what most heads say of most things
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else ""


def first(values: Values, keys: Iterable[str]) -> str:
    """Give the first of ``keys`` that says anything, as one line; "" when none does."""
    return next(filter(None, (scalar(values.get(key)) for key in keys)), "")


def key_of(values: Values, keys: Iterable[str]) -> str:
    """Give which of ``keys`` is the first that says anything; "" when none does."""
    return next((key for key in keys if scalar(values.get(key))), "")


def first_value(values: Values, keys: Iterable[str]) -> object:
    """Give what the first of ``keys`` that says anything holds, as it stands there."""
    return next((values[key] for key in keys if values.get(key)), None)


def words(value: object, *, separator: str = "") -> tuple[str, ...]:
    """Give the items of a list, of lists in it too, or the parts of a string; each once, in order.

    Without a ``separator`` a string is one word, however many it holds.
    """
    if isinstance(value, str) and not separator:
        return (word,) if (word := scalar(value)) else ()
    if isinstance(value, str):
        value = value.split(separator)
    if not isinstance(value, list | tuple):
        value = [value]
    flat = (scalar(each) for item in value for each in (item if isinstance(item, list) else [item]))
    return tuple(dict.fromkeys(filter(None, flat)))


def names(value: object, known: Mapping[str, str] = _NO_NAMES, *, separator: str = "") -> tuple[str, ...]:
    """Give people's names: of a string, a map with a ``name``, or a list of either.

    ``known`` gives the name of who is named by a key.
    """
    if isinstance(value, str):
        found = words(value, separator=separator)
    else:
        people = value if isinstance(value, list | tuple) else [value]
        found = tuple(scalar(each.get("name") if isinstance(each, dict) else each) for each in people)
    return tuple(dict.fromkeys(known.get(name, name) for name in found if name))


def rights_of(values: Values) -> str:
    """Give whose a post is and what others may do with it, as its head says; "" where it says nothing."""
    for key in _RIGHTS:
        value = values.get(key)
        said = "" if value is None or isinstance(value, bool) else scalar(value)
        if said:
            return said
    return ""


def picture(value: object) -> tuple[str, str]:
    """Give a picture's address as written, and its alternative text, of a string or a map."""
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, dict):
        return first(value, ("path", "url", "src")), scalar(value.get("alt"))
    return scalar(value), ""
