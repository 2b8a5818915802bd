"""One article, taken apart and checked (pelican/readers.py, pelican/contents.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from syndicate.errors import PostError
from syndicate.model.post import Omission, Omitted
from syndicate.posts import dates, facts
from syndicate.posts.addresses import tidy
from syndicate.posts.dating import date_in, last_change
from syndicate.posts.front_matter import Document, read_document
from syndicate.posts.keeping_back import because, from_future
from syndicate.posts.sources.pelican.addresses import AddressError, Named, filled, slugify
from syndicate.posts.sources.pelican.config import PelicanConfig
from syndicate.posts.sources.pelican.layout import RESTRUCTURED
from syndicate.posts.sources.pelican.metadata import HEADS

_STATUSES = frozenset({"published", "draft", "hidden", "skip"})
_FROM_FILE = "fs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A published article with an address."""

    document: Document
    #: Its head over what its path and the site's settings say.
    values: Mapping[str, Any]
    published: datetime
    #: Of ``published``, in the zone in which it is written.
    day: date
    updated: datetime
    undated: bool
    category: str
    language: str
    url: str
    save_as: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is said of one file, by itself and by its site."""

    document: Document
    #: Its path in the folder of articles.
    inner: str
    #: Its head over what its path says, over the site's defaults.
    values: Mapping[str, Any]
    config: PelicanConfig

    def text(self, key: str) -> str:
        """Give a value on one line, "" where there is none."""
        return facts.scalar(self.values.get(key))


def read_article(
    path: str, inner: str, content: bytes, config: PelicanConfig, *, now: datetime
) -> Article | Omitted:
    """Give the article in ``content``, or why Pelican leaves it out; ``inner`` is its path in the content."""
    if PurePosixPath(path).suffix.removeprefix(".") in RESTRUCTURED:
        raise PostError(path, "is reStructuredText, which isn't read", "convert it (pandoc -t markdown)")
    document = read_document(path, content, HEADS)
    if not document.head.present:
        return Omitted(path=path, why=Omission.NOT_A_POST, rule="it has no head")
    values = metadata(inner, document.head.values, config)
    said = _Said(document=document, inner=inner, values=values, config=config)
    status = _status(said)
    if status != "published":
        why = Omission.DRAFT if status == "draft" else Omission.UNPUBLISHED
        return because(document, why, "status", f"`Status: {status}`")
    published = _published(said)
    if published and published > now and not config.with_future_dates:
        return from_future(document, published, ("date",))
    return _article(said, published, now=now)


def metadata(inner: str, head: Mapping[str, Any], config: PelicanConfig) -> dict[str, Any]:
    """Give a head over what its path says, over the site's defaults (Readers.read_file)."""
    known: dict[str, Any] = {"category": config.defaults.category}
    if config.defaults.date and config.defaults.date != _FROM_FILE:
        known["date"] = config.defaults.date
    known |= config.defaults.values
    for place, values in sorted(config.defaults.by_path.items()):
        if inner == place or inner.startswith(f"{place.rstrip('/')}/"):
            known |= values
    given = {key: value for key, value in head.items() if value not in ("", None)}
    return known | _path_metadata(inner, config) | given


def authors(values: Mapping[str, Any], config: PelicanConfig) -> tuple[str, ...]:
    """Give the names: of ``authors``, else the one of ``author``, else the site's."""
    listed = values.get("authors")
    found = facts.names(listed, separator=separator_of(listed)) or facts.names(values.get("author"))
    return found or ((config.author,) if config.author else ())


def separator_of(value: object) -> str:
    """Give what stands between names: a semicolon where there is any, so that "Doe, Jane" is one."""
    return ";" if isinstance(value, str) and ";" in value else ","


def _path_metadata(inner: str, config: PelicanConfig) -> dict[str, str]:
    """Give what the name of a file and its folders say; the first to say something counts."""
    pure = PurePosixPath(inner)
    found: dict[str, str] = {}
    for pattern, text in ((config.defaults.filename, pure.stem), (config.defaults.path, inner)):
        if pattern:
            found = {name.lower(): value for name, value in pattern.groups(text).items()} | found
    if config.defaults.folder_is_category and pure.parent.name:
        found.setdefault("category", pure.parent.name)
    return {key: value for key, value in found.items() if value.strip()}


def _status(said: _Said) -> str:
    status = (said.text("status") or "published").lower()
    if status in _STATUSES:
        return status
    line = said.document.head.lines.get("status")
    what = f'has the unknown status "{status[:60]}"'
    raise PostError(said.document.path, what, "use published, draft or hidden", line=line)


def _as_written(said: _Said) -> datetime | None:
    """Give its date in its own zone, by which addresses and ids go; it is known to be one."""
    return dates.zoned(said.text("date").replace("_", " "), said.config.timezone)


def _published(said: _Said) -> datetime | None:
    """Give its date; ``None`` where the site takes the file's own time."""
    given = {"date": said.text("date").replace("_", " ")}
    found = date_in(said.document, given, ("date",), said.config.timezone)
    if found is None and said.config.defaults.date != _FROM_FILE:
        raise PostError(said.document.path, "has no date", 'add "Date: YYYY-MM-DD" to its head')
    return found


def _article(said: _Said, published: datetime | None, *, now: datetime) -> Article:
    document, zone = said.document, said.config.timezone
    if not said.text("title"):
        raise PostError(document.path, "has no title", 'add "Title: …" to its head')
    shown = published or now
    updated, warnings = last_change(document, said.values, ("modified",), zone=zone, published=shown)
    try:
        url, save_as = _addresses(said, _as_written(said) or shown)
    except AddressError as error:
        raise PostError(document.path, str(error), 'add "Slug: …" to its head') from error
    return Article(
        document=document,
        values=said.values,
        published=shown,
        day=(_as_written(said) or shown).date(),
        updated=updated,
        undated=published is None,
        category=said.text("category").strip(),
        language=_language(said),
        url=url,
        save_as=save_as,
        warnings=warnings,
    )


def _language(said: _Said) -> str:
    return said.text("lang") or said.config.default_lang


def _addresses(said: _Said, moment: datetime) -> tuple[str, str]:
    """Give its address on the site, and the file that it becomes (Content.url, Content.save_as)."""
    config = said.config
    foreign = _language(said).lower() != config.default_lang.lower()
    template = config.article_lang_url if foreign else config.article_url
    url = said.text("url") or filled(template, _named(said, template, moment), said.values)
    save_as = said.text("save_as") or said.text("url")
    if not save_as:
        save_as = filled(config.article_save_as, _named(said, config.article_save_as, moment), said.values)
    return tidy(url), save_as


def _named(said: _Said, template: str, moment: datetime) -> Named:
    """Give what the template may ask for; what it doesn't ask for can't be wrong."""
    author = next(iter(authors(said.values, said.config)), "")
    return Named(
        slug=_slug(said) if "{slug" in template else "",
        lang=_language(said),
        date=moment,
        author=slugify(author, said.config) if "{author" in template else "",
        category=slugify(said.text("category"), said.config) if "{category" in template else "",
        path=said.inner,
    )


def _slug(said: _Said) -> str:
    by_name = said.config.slugs.source == "basename"
    source = PurePosixPath(said.inner).stem if by_name else said.text("title")
    return said.text("slug").strip() or slugify(source, said.config)
