"""The dates of one page (resources/page/pagemeta/page_frontmatter.go FrontMatterHandler)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syndicate.errors import PostError
from syndicate.posts.front_matter import Document
from syndicate.posts.sources.hugo.dates import from_name, parse_instant
from syndicate.posts.sources.hugo.languages import Language
from syndicate.posts.sources.hugo.places import Place
from syndicate.posts.sources.hugo.values import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """A page's dates, each in its own zone; ``None`` where it has none."""

    date: datetime | None
    publish: datetime | None
    expiry: datetime | None
    modified: datetime | None


def dates_of(
    document: Document, place: Place, values: Mapping[str, Any], language: Language
) -> tuple[Dates, str]:
    """Give the dates, and the slug, which a dated file name may say too.

    ``PostError`` for a date that would stop Hugo's build. What files and git say of their age is not asked.
    """
    keys = language.date_keys
    named = from_name(place.page_name, language.zone)
    slug = text(values.get("slug"))
    if named and ":filename" in keys.date and "slug" not in values:
        first = next((key for key in keys.date if key == ":filename" or _is_said(values.get(key))), "")
        slug = named[1] if first == ":filename" else slug
    found = {
        name: _first(document, values, names, language, named=named[0] if named else None)
        for name, names in (
            ("date", keys.date),
            ("publish", keys.publishdate),
            ("expiry", keys.expirydate),
            ("modified", keys.lastmod),
        )
    }
    return Dates(**found), slug


def _first(
    document: Document,
    values: Mapping[str, Any],
    keys: tuple[str, ...],
    language: Language,
    *,
    named: datetime | None,
) -> datetime | None:
    for key in keys:
        if key == ":filename" and named:
            return named
        value = values.get(key)
        if key.startswith(":") or not _is_said(value):
            continue
        found = parse_instant(value, language.zone)
        if found is None:
            raise PostError(
                document.path,
                f'{key} "{text(value)[:60]}" is not a date',
                "use YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+00:00",
                line=_line(document, key),
            )
        return found if found.year > 1 else None
    return None


def _is_said(value: object) -> bool:
    # ``published: true`` is no date; Hugo's build stops at it, and older ones meant what it says.
    return value not in (None, "") and not isinstance(value, bool)


def _line(document: Document, key: str) -> int | None:
    return next((line for name, line in document.head.lines.items() if name.lower() == key), None)
