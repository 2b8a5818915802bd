"""Front matter defaults by scope (lib/jekyll/frontmatter_defaults.rb)."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from syndicate.posts.sources.jekyll.config import Scope


def with_defaults(
    values: Mapping[str, Any], scopes: Iterable[Scope], *, path: str, collection: str
) -> dict[str, Any]:
    """Give ``values`` over the defaults that apply at ``path``; ``scopes`` come the weakest first."""
    merged: dict[str, Any] = {}
    for scope in scopes:
        if scope.type in {"", collection} and _covers(scope.path, path):
            merged = _merged(merged, scope.values)
    return _merged(merged, values)


def _covers(scope_path: str, path: str) -> bool:
    if not scope_path:
        return True
    if "*" in scope_path:
        return fnmatchcase(path, scope_path) or fnmatchcase(path, f"{scope_path}/*")
    return path.startswith(scope_path)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, Mapping):
            merged[key] = _merged(below, value)
        else:
            merged[key] = value
    return merged
