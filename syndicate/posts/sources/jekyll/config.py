"""What ``_config.yml`` says, with Jekyll's defaults (lib/jekyll/configuration.rb)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from syndicate.errors import SiteError
from syndicate.posts.limited_yaml import load_mapping
from syndicate.posts.mapping import MappingError
from syndicate.posts.plain import one_line

_CONFIG_NAMES = ("_config.yml", "_config.yaml")
_AUTHOR_DATA = ("_data/authors.yml", "_data/authors.yaml")
#: Names of types that Jekyll 2 had.
_OLD_TYPES: Mapping[str | None, str] = MappingProxyType({"post": "posts", "page": "pages", "draft": "drafts"})
_DEFAULT_EXCLUDES = (
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle",
    "vendor/cache",
    "vendor/gems",
    "vendor/ruby",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One entry of ``defaults:``: values for the documents under a path, of a type."""

    #: From the folder of the collections; may hold ``*``.
    path: str
    #: A collection; ``None`` for all of them.
    type: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class JekyllConfig:
    """A Jekyll site's configuration, checked."""

    url: str
    #: With a leading slash, without a trailing one; "" for a site at its host's root.
    baseurl: str
    title: str
    description: str
    language: str
    author: str
    zone: ZoneInfo
    #: As configured: a style ("date", "pretty", …) or a template.
    permalink: str
    #: Permalink template of each collection that sets its own.
    collection_permalinks: Mapping[str, str]
    #: Those that have pages, in the config's order; "posts" first.
    collections: tuple[str, ...]
    #: How people should read the name of a collection, for those that say.
    collection_titles: Mapping[str, str]
    #: Folder that holds the collections, "" for the root.
    collections_dir: str
    excerpt_separator: str
    #: Suffixes of Markdown files, without the dot, in lower case.
    markdown_extensions: frozenset[str]
    future: bool
    unpublished: bool
    exclude: tuple[str, ...]
    include: tuple[str, ...]
    defaults: tuple[Scope, ...]
    #: Name of each author in ``_data/authors.yml``, by key.
    authors: Mapping[str, str]
    #: Folder, from where the configuration is, that holds everything else; "" for the same.
    source: str
    #: The whole file, for ``{{ site.… }}``.
    raw: Mapping[str, Any]
    fingerprint: str


def read_config(root: Path) -> JekyllConfig:
    """Give the configuration of the site at ``root``; ``SiteError`` with file and line."""
    raw, config_bytes = _load_first(root, _CONFIG_NAMES)
    source = _source(root, raw)
    authors, author_bytes = _load_first(root / source, _AUTHOR_DATA)
    address, address_bytes = _address(root / source, raw)
    content = b"\0".join((config_bytes, author_bytes, address_bytes))
    return _checked(root, raw, authors, address=address, fingerprint=hashlib.sha256(content).hexdigest())


def _checked(
    root: Path, raw: dict[str, Any], authors: Mapping[str, Any], *, address: str, fingerprint: str
) -> JekyllConfig:
    return JekyllConfig(
        url=address,
        baseurl=_baseurl(raw),
        title=_text(raw.get("title")) or _text(raw.get("name")),
        description=_text(raw.get("description")),
        language=_text(raw.get("lang")) or _text(raw.get("locale")).replace("_", "-"),
        author=_site_author(raw.get("author"), authors),
        zone=_zone(root, raw),
        permalink=_text(raw.get("permalink")) or "date",
        collection_permalinks=_each_collections(raw, "permalink"),
        collections=_published(raw),
        collection_titles=_each_collections(raw, "title"),
        collections_dir=_text(raw.get("collections_dir")).strip("/"),
        excerpt_separator=str(raw["excerpt_separator"] or "") if "excerpt_separator" in raw else "\n\n",
        markdown_extensions=_extensions(raw),
        future=raw.get("future") is True,
        unpublished=raw.get("unpublished") is True,
        exclude=(*_DEFAULT_EXCLUDES, *_texts(raw.get("exclude"))),
        include=_texts(raw.get("include")),
        defaults=_scopes(raw),
        authors=MappingProxyType({key: _author_name(value) or key for key, value in authors.items()}),
        source=_source(root, raw),
        raw=MappingProxyType(raw),
        fingerprint=fingerprint,
    )


def _load_first(root: Path, names: tuple[str, ...]) -> tuple[dict[str, Any], bytes]:
    for name in names:
        path = root / name
        if not path.exists():
            continue
        try:
            content = path.read_bytes()
            return load_mapping(content.decode("utf-8-sig")).values, content
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SiteError(f"{path}: can't be read ({reason}); correct its permissions") from error
        except UnicodeDecodeError as error:
            raise SiteError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
        except MappingError as error:
            raise SiteError(f"{path}:{error.line + 1}: {error.what}; {error.remedy}") from error
    return {}, b""


def _address(root: Path, raw: Mapping[str, Any]) -> tuple[str, bytes]:
    """Give the site's address: its config's, else GitHub Pages' ``CNAME`` file."""
    url = _text(raw.get("url")).rstrip("/")
    if url:
        return url, b""
    try:
        host = (root / "CNAME").read_bytes()[:300]
    except OSError:
        return "", b""
    name = one_line(host.decode("ascii", "replace")).split(" ")[0]
    return (f"https://{name}" if name else ""), host


def _source(root: Path, raw: Mapping[str, Any]) -> str:
    source = _text(raw.get("source")).rstrip("/")
    folder = (root / source).resolve()
    if folder.is_relative_to(root.resolve()) and folder.is_dir():
        return folder.relative_to(root.resolve()).as_posix().removeprefix(".")
    raise SiteError(f'{root / _CONFIG_NAMES[0]}: source "{source}" is no folder of the site; correct it')


def _baseurl(raw: Mapping[str, Any]) -> str:
    path = _text(raw.get("baseurl")).strip("/")
    return f"/{path}" if path else ""


def _zone(root: Path, raw: Mapping[str, Any]) -> ZoneInfo:
    name = _text(raw.get("timezone")) or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SiteError(
            f'{root / _CONFIG_NAMES[0]}: timezone "{name}" is not known; use a name such as "Europe/Lisbon"'
        ) from error


def every_collection(raw: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give the settings of each collection, also of those without pages, by name; "posts" first."""
    given = raw.get("collections")
    if isinstance(given, list):
        given = {name: {} for name in given if isinstance(name, str)}
    if not isinstance(given, dict):
        given = {}
    return {
        str(name): (settings if isinstance(settings, dict) else {})
        for name, settings in {"posts": {}, **given}.items()
    }


def _published(raw: Mapping[str, Any]) -> tuple[str, ...]:
    collections = every_collection(raw).items()
    others = [name for name, settings in collections if name != "posts" and settings.get("output") is True]
    return ("posts", *others)


def _each_collections(raw: Mapping[str, Any], key: str) -> Mapping[str, str]:
    """Give what each collection says under ``key``, for those that say anything."""
    given = {name: _text(settings.get(key)) for name, settings in every_collection(raw).items()}
    return MappingProxyType({name: value for name, value in given.items() if value})


def _extensions(raw: Mapping[str, Any]) -> frozenset[str]:
    configured = _text(raw.get("markdown_ext")) or "markdown,mkdown,mkdn,mkd,md"
    return frozenset(part.strip().lower() for part in configured.split(","))


def _scopes(raw: Mapping[str, Any]) -> tuple[Scope, ...]:
    """Give the usable entries of ``defaults:``, the weakest first (lib/jekyll/frontmatter_defaults.rb)."""
    entries = raw.get("defaults")
    scopes: list[tuple[int, Scope]] = []
    for entry in entries if isinstance(entries, list) else ():
        scope = entry.get("scope") if isinstance(entry, dict) else None
        values = entry.get("values") if isinstance(entry, dict) else None
        if isinstance(scope, dict) and isinstance(values, dict):
            path = _text(scope.get("path")).strip("/")
            of_type = _text(scope["type"]) if "type" in scope else None
            scopes.append((len(path), Scope(path=path, type=_OLD_TYPES.get(of_type, of_type), values=values)))
    folder = f"{_text(raw.get('collections_dir')).strip('/')}/"
    ordered = sorted(scopes, key=lambda scope: (scope[0], scope[1].type is not None))
    return tuple(replace(scope, path=scope.path.removeprefix(folder)) for _, scope in ordered)


def _site_author(value: object, authors: Mapping[str, Any]) -> str:
    name = _author_name(value)
    return _author_name(authors.get(name)) or name


def _author_name(value: object) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, items) if text)


def _text(value: object) -> str:
    """Give a scalar as one line of text, "" for anything else."""
    return (
        one_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    )
