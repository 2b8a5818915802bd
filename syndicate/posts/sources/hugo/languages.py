"""The languages of a site, each with a configuration of its own (langs/config.go, config/allconfig)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from syndicate.errors import SiteError
from syndicate.posts.sources.hugo import permalinks
from syndicate.posts.sources.hugo.cascades import Cascade, read_cascades
from syndicate.posts.sources.hugo.config_files import merge
from syndicate.posts.sources.hugo.dates import DateKeys, date_keys
from syndicate.posts.sources.hugo.markup import Markup, read_markup
from syndicate.posts.sources.hugo.values import at, table, text, texts, truth, whole
from syndicate.posts.words import OPENING_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language, and what the site says in it."""

    #: As files and folders are named: "de".
    key: str
    #: BCP 47.
    code: str
    title: str
    description: str
    author: str
    rights: str
    #: Absolute address of its home without the language's folder, no trailing slash; "" when unknown.
    home: str
    #: Folder of its pages, "/de"; "" for none.
    prefix: str
    #: Of dates that name none.
    zone: ZoneInfo
    date_keys: DateKeys
    permalinks: tuple[permalinks.Rule, ...]
    #: Whether pages are files (``a.html``), by section; "" stands for every one.
    ugly: Mapping[str, bool]
    #: Whether addresses are in lower case, and keep their accents.
    lower: bool
    accents: bool
    #: Sections whose pages are posts; empty where the site doesn't say.
    main_sections: tuple[str, ...]
    #: Keys of the front matter that hold categories and tags.
    categories: str
    tags: str
    summary_words: int
    cjk: bool
    markup: Markup
    cascades: tuple[Cascade, ...]
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """Those that the site is built in."""

    #: By key, the most important first.
    by_key: Mapping[str, Language]
    default: Language
    #: Keys of those that the site names and is not built in.
    off: frozenset[str]


def read_languages(root: Path, raw: Mapping[str, Any]) -> Languages:
    """Give the languages; ``raw`` is the site's configuration, keys in lower case."""
    default = text(raw.get("defaultcontentlanguage")).lower() or "en"
    named = {key: table(own) for key, own in table(raw.get("languages")).items()}
    listed = {key.lower() for key in texts(raw.get("disablelanguages"))}
    off = {key for key, own in named.items() if key in listed or truth(own.get("disabled"))} - {default}
    given = {key: own for key, own in named.items() if key not in off}
    if default not in given:  # a site of one language need not name it
        given = {default: {}, **given}
    hosts = sum("baseurl" in own for own in given.values()) > 1
    subfolder = truth(raw.get("defaultcontentlanguageinsubdir"))
    ordered = sorted(given, key=lambda key: (whole(given[key].get("weight"), default=0) or len(given), key))
    made = {
        key: _language(
            root, key, merge(raw, given[key]), prefixed=not hosts and (key != default or subfolder)
        )
        for key in ordered
    }
    return Languages(by_key=made, default=made[default], off=frozenset(off))


def _language(root: Path, key: str, raw: Mapping[str, Any], *, prefixed: bool) -> Language:
    taxonomies = table(raw.get("taxonomies"))
    return Language(
        key=key,
        code=(text(raw.get("locale")) or text(raw.get("languagecode")) or key).replace("_", "-"),
        title=text(raw.get("title")),
        description=text(at(raw, "params", "description")) or text(raw.get("description")),
        author=_author(raw),
        rights=text(raw.get("copyright")),
        home=_home(raw),
        prefix=f"/{key}" if prefixed else "",
        zone=_zone(root, raw),
        date_keys=date_keys(table(raw.get("frontmatter"))),
        permalinks=permalinks.read_rules(raw.get("permalinks")),
        ugly=_ugly(raw.get("uglyurls")),
        lower=not truth(raw.get("disablepathtolower")),
        accents=not truth(raw.get("removepathaccents")),
        main_sections=tuple(each.lower() for each in _main_sections(raw)),
        categories=text(taxonomies.get("category")).lower() or "categories",
        tags=text(taxonomies.get("tag")).lower() or "tags",
        summary_words=whole(raw.get("summarylength"), default=OPENING_WORDS),
        cjk=truth(raw.get("hascjklanguage")),
        markup=read_markup(raw),
        cascades=read_cascades(raw.get("cascade")),
        params=table(raw.get("params")),
    )


def _home(raw: Mapping[str, Any]) -> str:
    address = text(raw.get("baseurl")).rstrip("/")
    return address if urlsplit(address).scheme in {"http", "https"} else ""


def _zone(root: Path, raw: Mapping[str, Any]) -> ZoneInfo:
    name = text(raw.get("timezone")) or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SiteError(
            f'{root}: timeZone "{name}" is not known; use a name such as "Europe/Lisbon" in its configuration'
        ) from error


def _author(raw: Mapping[str, Any]) -> str:
    for given in (at(raw, "params", "author"), raw.get("author")):
        found = text(given.get("name")) if isinstance(given, dict) else text(given)
        if found:
            return found
    return ""


def _main_sections(raw: Mapping[str, Any]) -> tuple[str, ...]:
    return texts(raw.get("mainsections")) or texts(at(raw, "params", "mainsections"))


def _ugly(given: object) -> Mapping[str, bool]:
    if isinstance(given, dict):
        return {section: truth(value) for section, value in given.items()}
    return {"": truth(given)}
