"""Front matter defaults by scope (lib/jekyll/frontmatter_defaults.rb)."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from syndicate.posts.sources.jekyll.config import Scope


def with_defaults(
    values: Mapping[str, Any], scopes: Iterable[Scope], *, path: str, collection: str
) -> dict[str, Any]:
    """Give ``values`` over the defaults that apply at ``path``; ``scopes`` come the weakest first."""
    merged: dict[str, Any] = {}
    for scope in scopes:
        if scope.type in {None, collection} and _covers(scope.path, path):
            merged = _merged(merged, scope.values)
    return _with_both_categories(merged, _merged(merged, values))


def _covers(scope_path: str, path: str) -> bool:
    if "*" in scope_path:
        return _glob(scope_path).match(path) is not None
    return path.startswith(scope_path)


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """Give Ruby's ``Dir.glob``: a star stays in its folder, two of them don't."""
    pieces = re.split(r"(\*\*/|\*)", pattern)
    kept = {"**/": "(?:[^/]+/)*", "*": "[^/]*"}
    return re.compile("".join(kept.get(piece, re.escape(piece)) for piece in pieces) + r"(?=/|\Z)")


def _with_both_categories(defaults: Mapping[str, Any], merged: dict[str, Any]) -> dict[str, Any]:
    """Give ``merged`` with the defaults' categories before the document's own (document.rb)."""
    ours, own = defaults.get("categories"), merged.get("categories")
    if not isinstance(ours, list) or own is ours or not isinstance(own, list | str):
        return merged
    return {**merged, "categories": [*ours, *(own.split() if isinstance(own, str) else own)]}


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    if not under:
        return dict(over)
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, Mapping):
            merged[key] = _merged(below, value)
        elif value is not None or key not in merged:  # a key without a value leaves the default
            merged[key] = value
    return merged
