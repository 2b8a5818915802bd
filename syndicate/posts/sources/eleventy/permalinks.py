"""Addresses of Eleventy's pages (src/TemplateFileSlug.js, src/TemplatePermalink.js). Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from syndicate.posts.addresses import tidy
from syndicate.posts.facts import scalar
from syndicate.posts.latin import without_accents

_DATE_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-(.*)", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?((?:(?!\{\{|\}\}).)*)-?\}\}", re.DOTALL)
_FORMAT = re.compile(r"date\s*:\s*[\"']([^\"']*)[\"']")
_DIRECTIVE = re.compile(r"%(.)")
#: Of @sindresorhus/slugify: words for signs, and German's way with its vowels.
_REPLACED = str.maketrans({"&": " and ", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_CONTRACTION = re.compile(r"([a-z\d])'([ts])(?=\s|$)")
_NOT_PLAIN = re.compile(r"[^a-z\d]+")


class UnknownError(ValueError):
    """An address that only Eleventy could work out; its text is the expression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What Eleventy calls ``page``."""

    #: ``page.fileSlug``: the name without its date; of ``index`` the folder's.
    file_slug: str
    #: ``page.filePathStem``: from the input folder, with a slash before it, the name without its date.
    file_path_stem: str
    #: The folder and the name as they are, with slashes around.
    folder: str
    name: str
    #: ``None`` where the file names none.
    date: datetime | None


def page_of(inner: str, date: datetime | None) -> Page:
    """Give ``page`` for the file at ``inner``, from the input folder."""
    pure = PurePosixPath(inner)
    slug = _undated(pure.stem)
    stem = str(PurePosixPath("/") / pure.parent / slug)
    if slug == "index":
        slug = _undated(pure.parent.name) if pure.parent.name else ""
    folder = "/" if str(pure.parent) == "." else f"/{pure.parent}/"
    return Page(file_slug=slug, file_path_stem=stem, folder=folder, name=pure.stem, date=date)


def default_url(page: Page) -> str:
    """Give the address of a page that says none: a folder of its name, its date and all."""
    repeats = page.folder.endswith(f"/{page.name}/")
    return tidy(page.folder if repeats or page.name == "index" else f"{page.folder}{page.name}/")


def url_of(permalink: str, page: Page, data: Mapping[str, object]) -> str:
    """Give the address that a ``permalink`` makes; ``UnknownError`` where that takes more."""
    filled = _OUTPUT.sub(lambda match: _value(match[1], page, data), permalink)
    if "{{" in filled or "{%" in filled:
        raise UnknownError(permalink)
    return _without_index(tidy(filled))


def slugify(text: str) -> str:
    """Give what the ``slugify`` filter gives; ``UnknownError`` for other letters than Latin ones."""
    plain = without_accents(_CONTRACTION.sub(r"\1\2", text.translate(_REPLACED).lower()))
    if not all(char.isascii() or not char.isalnum() for char in plain):
        raise UnknownError(text)
    return _NOT_PLAIN.sub("-", plain).strip("-")


def _undated(name: str) -> str:
    found = _DATE_IN_NAME.search(name)
    return found[1] if found else name


def _without_index(path: str) -> str:
    for ending in ("/index.html", "/index/", "/index"):
        if path.endswith(ending):
            return f"{path.removesuffix(ending)}/"
    return path


def _value(expression: str, page: Page, data: Mapping[str, object]) -> str:
    name, *filters = (part.strip() for part in expression.split("|"))
    if name == "page.date" and page.date and len(filters) == 1:
        return _dated(filters[0], page.date, expression)
    known = {"page.fileSlug": page.file_slug, "page.filePathStem": page.file_path_stem}
    value = known[name] if name in known else scalar(data.get(name))
    for each in filters:
        if each in {"slugify", "slug"}:
            value = slugify(value)
        elif each in {"downcase", "lower"}:
            value = value.lower()
        elif each not in {"strip", "trim", "url", "safe"}:
            raise UnknownError(expression.strip())
    if not value and not (name in known and not filters):
        raise UnknownError(expression.strip())
    return value


def _dated(filter_: str, date: datetime, expression: str) -> str:
    form = _FORMAT.fullmatch(filter_)
    if not form or set(_DIRECTIVE.findall(form[1])) - set("Ymdyj"):
        raise UnknownError(expression.strip())
    return date.strftime(form[1])
