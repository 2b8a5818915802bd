"""Values that a section or the site hands down to pages (resources/page/page_matcher.go, hugolib cascade)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from syndicate.posts.sources.hugo.globs import compile_glob
from syndicate.posts.sources.hugo.values import at, table, tables, text, texts

#: The environment that ``hugo`` builds in.
_ENVIRONMENT = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """Values for the pages it is meant for."""

    values: Mapping[str, Any]
    #: Of the page's path; ``None`` is every page.
    path: re.Pattern[str] | None
    #: Of the language's key.
    language: re.Pattern[str] | None

    def covers(self, path: str, language: str) -> bool:
        """Say whether it is meant for the page at a path such as "/posts/a"."""
        return all(
            pattern is None or pattern.fullmatch(word) is not None
            for pattern, word in ((self.path, path), (self.language, language))
        )


def read_cascades(given: object) -> tuple[Cascade, ...]:
    """Give what ``cascade`` says of regular pages, keys in lower case; the first that has a value wins."""
    return tuple(
        Cascade(
            values=_values(each),
            path=_glob(target.get("path")),
            language=_glob(target.get("lang")) or _either(at(target, "sites", "matrix", "languages")),
        )
        for each in tables(given)
        for target in [table(each.get("target") or each.get("_target"))]
        if _means(target.get("kind"), "page") and _means(target.get("environment"), _ENVIRONMENT)
    )


def handed_down(cascades: Iterable[Cascade], path: str, language: str) -> dict[str, Any]:
    """Give the values for a page; ``cascades`` come the nearest first."""
    merged: dict[str, Any] = {}
    for cascade in cascades:
        if cascade.covers(path, language):
            merged = {**cascade.values, **merged}
    return merged


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in entry.items() if key not in {"target", "_target", "params"}}
    return {**own, **table(entry.get("params"))}


def _glob(pattern: object) -> re.Pattern[str] | None:
    return compile_glob(text(pattern)) if text(pattern) else None


def _either(patterns: object) -> re.Pattern[str] | None:
    given = texts(patterns)
    return compile_glob("{" + ",".join(given) + "}") if given else None


def _means(pattern: object, word: str) -> bool:
    glob = _glob(pattern)
    return glob is None or glob.fullmatch(word) is not None
