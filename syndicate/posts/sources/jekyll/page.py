"""One file of a Jekyll site, taken apart and checked: everything but its excerpt (lib/jekyll/document.rb)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from syndicate.errors import PostError
from syndicate.model.post import Omission, Omitted
from syndicate.posts.control_characters import control_characters
from syndicate.posts.front_matter import Document, read_document
from syndicate.posts.sources.jekyll import facts, omissions, permalinks
from syndicate.posts.sources.jekyll.config import JekyllConfig
from syndicate.posts.sources.jekyll.dates import NO_DATE, parse_instant
from syndicate.posts.sources.jekyll.defaults import with_defaults
from syndicate.posts.sources.jekyll.scanning import DATED_NAME, Place, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document with an address."""

    document: Document
    place: Place
    #: Front matter over the site's defaults.
    values: Mapping[str, Any]
    published: datetime
    updated: datetime
    slug: str
    categories: tuple[str, ...]
    #: From the site's home, with a leading slash.
    url: str
    #: Whether it is Markdown; else its text is HTML already.
    markdown: bool
    warnings: tuple[str, ...]


def read_page(
    path: str, content: bytes, config: JekyllConfig, *, now: datetime, undated: datetime | None = None
) -> Page | Omitted:
    """Give the page in ``content``, or why Jekyll leaves it out; ``PostError`` when it can't be read.

    Without a date anywhere it is of ``undated``, and without that it can't be read.
    """
    place = place_of(path, config)
    document = read_document(path, content)
    if place is None or (place.collection != "posts" and not document.head.present):
        return Omitted(path=path, why=Omission.NOT_A_POST, rule="it has no front matter")
    relative = path.removeprefix(f"{config.collections_dir}/") if config.collections_dir else path
    values = with_defaults(document.head.values, config.defaults, path=relative, collection=place.collection)
    omitted = omissions.by_head(path, document.head.lines, values, unpublished=config.unpublished)
    if omitted:
        return omitted
    published = _published(document, place, values, config, undated=undated)
    if published > now and not config.future:
        return omissions.by_date(path, document.head.lines, published)
    return _page(document, place, values, config=config, published=published)


def _page(
    document: Document, place: Place, values: Mapping[str, Any], *, config: JekyllConfig, published: datetime
) -> Page:
    markdown = place.suffix.removeprefix(".").lower() in config.markdown_extensions
    addressed = _addressed(place, values, config, published=published, markdown=markdown)
    updated, warnings = _updated(document, values, config, published)
    if published == NO_DATE:
        line = document.head.lines.get("date")
        warnings += (f"{document.path}:{line}: its date is all zeros; write the day it is published",)
    return Page(
        document=document,
        place=place,
        values=values,
        published=published,
        updated=updated,
        slug=addressed.slug,
        categories=addressed.categories,
        url=_url(document, values, config, addressed),
        markdown=markdown,
        warnings=(*document.head.warnings, *warnings, *control_characters(document)),
    )


def _addressed(
    place: Place, values: Mapping[str, Any], config: JekyllConfig, *, published: datetime, markdown: bool
) -> permalinks.Addressed:
    suffix = place.suffix
    return permalinks.Addressed(
        collection=place.collection,
        path=place.inner.removesuffix(suffix).rstrip("."),
        slug=facts.scalar(values.get("slug")) or file_slug(place),
        basename=place.name.removesuffix(suffix),
        suffix=".html" if markdown else suffix,
        categories=facts.categories(values, place.folders),
        date=published.astimezone(config.zone),
    )


def file_slug(place: Place) -> str:
    """Give the file's name without its date and suffix."""
    dated = DATED_NAME.fullmatch(place.name)
    slug = dated[2] if dated else PurePosixPath(place.name).stem
    return slug.rstrip(".")


def _published(
    document: Document,
    place: Place,
    values: Mapping[str, Any],
    config: JekyllConfig,
    *,
    undated: datetime | None,
) -> datetime:
    given = facts.scalar(values.get("date"))
    if given:
        found = parse_instant(given, config.zone)
        if found is None:
            raise _no_date(document, "date", given)
        return found
    dated = DATED_NAME.fullmatch(place.name)
    if dated is None and undated:
        return undated
    if dated is None:
        raise PostError(document.path, "has no date", 'add "date: YYYY-MM-DD" to its front matter')
    found = parse_instant(dated[1], config.zone)
    if found is None:
        raise PostError(document.path, f'"{dated[1]}" in its name is not a date', "rename it to YYYY-MM-DD-…")
    return found


def _no_date(document: Document, key: str, given: str) -> PostError:
    line = document.head.lines.get(key)
    return PostError(
        document.path, f'{key} "{given[:60]}" is not a date', "use YYYY-MM-DD HH:MM:SS +0000", line=line
    )


def _updated(
    document: Document, values: Mapping[str, Any], config: JekyllConfig, published: datetime
) -> tuple[datetime, tuple[str, ...]]:
    given = facts.scalar(values.get("last_modified_at"))
    if not given:
        return published, ()
    found = parse_instant(given, config.zone)
    if found is None:
        return published, (str(_no_date(document, "last_modified_at", given)),)
    return found, ()


def _url(
    document: Document, values: Mapping[str, Any], config: JekyllConfig, addressed: permalinks.Addressed
) -> str:
    template = facts.scalar(values.get("permalink")) or permalinks.template_for(
        collection=addressed.collection,
        site_permalink=config.permalink,
        own=config.collection_permalinks.get(addressed.collection),
    )
    try:
        return permalinks.url_of(template, addressed)
    except permalinks.PlaceholderError as error:
        raise PostError(
            document.path,
            f'permalink "{template[:80]}" names ":{error}", which Jekyll doesn\'t have',
            "use one of Jekyll's placeholders",
            line=document.head.lines.get("permalink"),
        ) from error
