"""What stands in front matter and configuration, as Go's ``cast`` reads it."""

from collections.abc import Mapping
from typing import Any

from syndicate.posts.plain import one_line

_TRUE = frozenset({"1", "t", "true"})


def text(value: object) -> str:
    """Give a scalar as one line; "" for nothing, lists and maps."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return one_line(str(value)) if isinstance(value, str | int | float) else ""


def truth(value: object) -> bool:
    """Say whether a value means yes: true, 1, "true"."""
    return text(value).lower() in _TRUE


def whole(value: object, *, default: int) -> int:
    """Give a whole number, ``default`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return default
    try:
        return int(value)
    except (ValueError, OverflowError):
        return default


def texts(value: object) -> tuple[str, ...]:
    """Give the scalars of a list, or the one that stands alone; each once."""
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(filter(None, map(text, items))))


def table(value: object) -> Mapping[str, Any]:
    """Give a map, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def tables(value: object) -> tuple[Mapping[str, Any], ...]:
    """Give the maps of a list, or the one that stands alone."""
    items = value if isinstance(value, list) else [value]
    return tuple(each for each in items if isinstance(each, dict))


def at(values: Mapping[str, Any], *keys: str) -> object:
    """Give what stands under nested keys; ``None`` where nothing does."""
    found: object = values
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found
