"""What ``zola.toml`` or ``config.toml`` says, with Zola's defaults (components/config/src/config/mod.rs)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syndicate.errors import PostError, SiteError
from syndicate.posts.facts import scalar, words
from syndicate.posts.file_content import read_content
from syndicate.posts.limited_toml import load_mapping
from syndicate.posts.mapping import MappingError

CONFIG_NAMES = ("zola.toml", "config.toml")
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ZolaConfig:
    """A Zola site's configuration; each is named after Zola's own."""

    base_url: str
    title: str
    description: str
    author: str
    default_language: str
    #: Codes of the others, by which files are named: ``x.fr.md``.
    other_languages: frozenset[str]
    #: "on", "safe" or "off".
    slugify_paths: str
    slugify_paths_keep_dates: bool
    ignored_content: tuple[str, ...]
    smart_punctuation: bool
    definition_list: bool
    fingerprint: str


def is_zola(root: Path) -> bool:
    """Say whether the folder has Zola's configuration: ``base_url`` tells it from Hugo's ``config.toml``."""
    if (root / CONFIG_NAMES[0]).is_file():
        return True
    try:
        return "base_url" in _loaded(root, CONFIG_NAMES[1])[0]
    except SiteError:
        return False


def read_config(root: Path) -> ZolaConfig:
    """Give the configuration of the site at ``root``; ``SiteError`` with file and line."""
    name = next((each for each in CONFIG_NAMES if (root / each).is_file()), CONFIG_NAMES[1])
    given, content = _loaded(root, name)
    slugify, markdown = _table(given, "slugify"), _table(given, "markdown")
    default = scalar(given.get("default_language")) or "en"
    return ZolaConfig(
        base_url=scalar(given.get("base_url")).rstrip("/"),
        title=scalar(given.get("title")) or _of_language(given, default, "title"),
        description=scalar(given.get("description")) or _of_language(given, default, "description"),
        author=scalar(given.get("author")),
        default_language=default,
        other_languages=frozenset(_table(given, "languages")) - {default},
        slugify_paths=scalar(slugify.get("paths")) or "on",
        slugify_paths_keep_dates=slugify.get("paths_keep_dates") is True,
        ignored_content=words(given.get("ignored_content")),
        smart_punctuation=markdown.get("smart_punctuation") is True,
        definition_list=markdown.get("definition_list") is True,
        fingerprint=hashlib.sha256(content).hexdigest(),
    )


def _loaded(root: Path, name: str) -> tuple[dict[str, Any], bytes]:
    if not (root / name).is_file():
        return {}, b""
    try:
        content = read_content(root, name, max_bytes=_MAX_BYTES)
        return load_mapping(content.decode("utf-8-sig")).values, content
    except PostError as error:
        raise SiteError(f"{root}: {error}") from error
    except UnicodeDecodeError as error:
        raise SiteError(f"{root / name}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except MappingError as error:
        raise SiteError(f"{root / name}:{error.line + 1}: {error.what}; {error.remedy}") from error


def _table(given: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = given.get(key)
    return value if isinstance(value, dict) else {}


def _of_language(given: Mapping[str, Any], code: str, key: str) -> str:
    return scalar(_table(_table(given, "languages"), code).get(key))
