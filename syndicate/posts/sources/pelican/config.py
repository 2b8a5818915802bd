"""What ``pelicanconf.py`` and ``publishconf.py`` say literally, over Pelican's own (pelican/settings.py)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from syndicate.errors import SiteError
from syndicate.posts.facts import scalar, words
from syndicate.posts.sources.pelican.literals import Literals, over, read_literals
from syndicate.posts.sources.pelican.patterns import Pattern, checked

CONFIG_NAME = "pelicanconf.py"
_PUBLISH_NAME = "publishconf.py"
#: Without these nobody knows which files are posts, when they are from, or where they are.
_NEEDED = (
    "ARTICLE_PATHS", "ARTICLE_EXCLUDES", "PAGE_PATHS", "ARTICLE_URL", "ARTICLE_LANG_URL", "TIMEZONE",
    "DEFAULT_LANG", "DEFAULT_DATE", "DEFAULT_METADATA", "EXTRA_PATH_METADATA", "DEFAULT_CATEGORY",
    "FILENAME_METADATA", "PATH_METADATA", "USE_FOLDER_AS_CATEGORY", "WITH_FUTURE_DATES", "SLUGIFY_SOURCE",
    "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE", "SLUG_REGEX_SUBSTITUTIONS", "IGNORE_FILES",
)  # fmt: skip
_SUBSTITUTIONS = (
    (r"[^\w\s-]", ""),
    (r"(?u)\A\s*", ""),
    (r"(?u)\s*\Z", ""),
    (r"[-\s]+", "-"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slugs:
    """How an address is made of a title."""

    #: "title" or "basename".
    source: str
    use_unicode: bool
    preserve_case: bool
    substitutions: tuple[tuple[Pattern, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What an article is said to be besides what its head says."""

    #: As a head would say it; "fs" for the file's own time.
    date: str
    category: str
    folder_is_category: bool
    values: Mapping[str, Any]
    #: By path, of files and of folders.
    by_path: Mapping[str, Mapping[str, Any]]
    filename: Pattern | None
    path: Pattern | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PelicanConfig:
    """A Pelican site's settings, checked; most are named after Pelican's own."""

    #: From the site's folder; "" for the folder itself.
    path: str
    #: These are from ``path``.
    article_paths: tuple[str, ...]
    article_excludes: tuple[str, ...]
    ignore_files: tuple[str, ...]
    siteurl: str
    sitename: str
    sitesubtitle: str
    author: str
    default_lang: str
    timezone: ZoneInfo
    with_future_dates: bool
    article_url: str
    article_lang_url: str
    article_save_as: str
    summary_end_marker: str
    typogrify: bool
    slugs: Slugs
    defaults: Defaults
    fingerprint: str


def read_config(root: Path) -> PelicanConfig:
    """Give the settings of the site at ``root``; ``SiteError`` where they can't be told."""
    found = over(read_literals(root, CONFIG_NAME), read_literals(root, _PUBLISH_NAME))
    for name in _NEEDED:
        if name in found.made:
            raise SiteError(
                f"{root / found.made[name]}: {name} is made by a program, which is never run; "
                "write its value out"
            )
    return _checked(root, found)


def _checked(root: Path, found: Literals) -> PelicanConfig:
    given = found.values
    return PelicanConfig(
        path=_folder(root, given.get("PATH")),
        article_paths=_folders(given, "ARTICLE_PATHS", ("",)),
        article_excludes=(
            *_folders(given, "ARTICLE_EXCLUDES", ()),
            *_folders(given, "PAGE_PATHS", ("pages",)),
        ),
        ignore_files=_texts(given, "IGNORE_FILES", ("**/.*",)),
        siteurl=_text(given, "SITEURL", "").rstrip("/"),
        sitename=_text(given, "SITENAME", ""),
        sitesubtitle=_text(given, "SITESUBTITLE", "") or _text(given, "SITEDESCRIPTION", ""),
        author=_text(given, "AUTHOR", ""),
        default_lang=_text(given, "DEFAULT_LANG", "en"),
        timezone=_zone(root, _text(given, "TIMEZONE", "UTC")),
        with_future_dates=bool(given.get("WITH_FUTURE_DATES", True)),
        article_url=_text(given, "ARTICLE_URL", "{slug}.html"),
        article_lang_url=_text(given, "ARTICLE_LANG_URL", "{slug}-{lang}.html"),
        article_save_as=_text(given, "ARTICLE_SAVE_AS", "{slug}.html"),
        summary_end_marker=_text(given, "SUMMARY_END_MARKER", "<!-- PELICAN_END_SUMMARY -->"),
        typogrify=given.get("TYPOGRIFY") is True,
        slugs=_slugs(root, given),
        defaults=_defaults(root, given),
        fingerprint=hashlib.sha256(found.content).hexdigest(),
    )


def _slugs(root: Path, given: Mapping[str, Any]) -> Slugs:
    return Slugs(
        source=_text(given, "SLUGIFY_SOURCE", "title"),
        use_unicode=bool(given.get("SLUGIFY_USE_UNICODE", False)),
        preserve_case=bool(given.get("SLUGIFY_PRESERVE_CASE", False)),
        substitutions=_substitutions(root, given.get("SLUG_REGEX_SUBSTITUTIONS", _SUBSTITUTIONS)),
    )


def _defaults(root: Path, given: Mapping[str, Any]) -> Defaults:
    by_path = _mapping(given.get("EXTRA_PATH_METADATA"))
    return Defaults(
        date=_default_date(given.get("DEFAULT_DATE")),
        category=_text(given, "DEFAULT_CATEGORY", "misc"),
        folder_is_category=bool(given.get("USE_FOLDER_AS_CATEGORY", True)),
        values=_mapping(given.get("DEFAULT_METADATA")),
        by_path={path: _mapping(values) for path, values in by_path.items()},
        filename=_pattern(root, given, "FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2}).*"),
        path=_pattern(root, given, "PATH_METADATA", ""),
    )


def _folder(root: Path, given: object) -> str:
    """Give where the articles are; where the site doesn't say, ``content``, as ``pelican content`` does."""
    if not isinstance(given, str):
        return "content" if (root / "content").is_dir() else ""
    path = normpath(given)
    if path.startswith(("/", "..")):
        raise SiteError(
            f'{root / CONFIG_NAME}: PATH "{given}" leads out of the site; '
            "give the folder around both with --site"
        )
    return "" if path == "." else path


def _text(given: Mapping[str, Any], name: str, default: str) -> str:
    return scalar(given[name]) if isinstance(given.get(name), str) else default


def _texts(given: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = given.get(name)
    # A string instead of a list is a mistake that Pelican forgives by its default.
    if not isinstance(value, list | tuple):
        return default
    return ("", *words(value)) if "" in value else words(value)


def _folders(given: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each.strip("/") for each in _texts(given, name, default))


def _mapping(value: object) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}


def _zone(root: Path, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SiteError(
            f'{root / CONFIG_NAME}: TIMEZONE "{name}" is not known; use a name such as "Europe/Lisbon"'
        ) from error


def _default_date(value: object) -> str:
    if isinstance(value, list | tuple) and len(value) > 2 and all(isinstance(each, int) for each in value):  # noqa: PLR2004 - a day at least
        year, month, day, *clock = value[:6]
        hour, minute, second = (*clock, 0, 0, 0)[:3]
        return f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}:{second:02d}"
    return scalar(value) if isinstance(value, str) else ""


def _pattern(root: Path, given: Mapping[str, Any], name: str, default: str) -> Pattern | None:
    text = given.get(name, default)
    return _bounded(root, name, text) if isinstance(text, str) and text else None


def _bounded(root: Path, name: str, text: str) -> Pattern:
    found = checked(text)
    if found is None:
        raise SiteError(
            f"{root / CONFIG_NAME}: {name} is no pattern, or one that may take for ever; take groups that "
            "repeat out of it"
        )
    return found


def _substitutions(root: Path, value: object) -> tuple[tuple[Pattern, str], ...]:
    pairs = [
        (str(pair[0]), str(pair[1]))
        for pair in (value if isinstance(value, list | tuple) else ())
        if isinstance(pair, list | tuple) and len(pair) > 1
    ]
    return tuple((_bounded(root, "SLUG_REGEX_SUBSTITUTIONS", text), instead) for text, instead in pairs)
