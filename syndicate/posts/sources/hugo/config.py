"""What a Hugo site's configuration says, checked; with Hugo's defaults (config/allconfig/allconfig.go)."""

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syndicate.errors import SiteError
from syndicate.posts.sources.hugo.config_files import read_files
from syndicate.posts.sources.hugo.languages import Language, Languages, read_languages
from syndicate.posts.sources.hugo.places import ContentRoot, Place, place_in
from syndicate.posts.sources.hugo.values import at, tables, text, texts, truth


@dataclass(frozen=True, slots=True, kw_only=True)
class HugoConfig:
    """A Hugo site's configuration."""

    #: By key.
    languages: Mapping[str, Language]
    #: The language of files that name none.
    default: Language
    #: Keys of languages that the site isn't built in: files that name one are no pages.
    off: frozenset[str]
    #: The innermost first.
    roots: tuple[ContentRoot, ...]
    #: Of whole, absolute file names.
    ignored: tuple[re.Pattern[str], ...]
    drafts: bool
    future: bool
    expired: bool
    fingerprint: str

    def place_of(self, path: str) -> Place | None:
        """Give where the file at ``path`` stands; ``None`` outside the content, and for what is no page."""
        root = self.root_of(path)
        place = place_in(root, path, {*self.languages, *self.off}) if root else None
        return None if place is None or place.language in self.off else place

    def root_of(self, path: str) -> ContentRoot | None:
        """Give the folder of content that the file at ``path`` is in."""
        return next((root for root in self.roots if _is_below(path, root.folder)), None)

    def wants(self, place: Place) -> bool:
        """Say whether the page's section is one of the site's main ones, where it names some."""
        main = self.language_of(place).main_sections
        return not main or place.collection in main

    def language_of(self, place: Place) -> Language:
        """Give the language of the file at ``place``."""
        return self.languages[place.language]


def read_config(root: Path) -> HugoConfig:
    """Give the configuration of the site at ``root``; ``SiteError`` with file and line."""
    raw, content = read_files(root)
    languages = read_languages(root, raw)
    return HugoConfig(
        languages=languages.by_key,
        default=languages.default,
        off=languages.off,
        roots=_roots(raw, languages),
        ignored=tuple(_ignored(root, raw)),
        drafts=truth(raw.get("builddrafts")),
        future=truth(raw.get("buildfuture")),
        expired=truth(raw.get("buildexpired")),
        fingerprint=hashlib.sha256(content).hexdigest(),
    )


def _roots(raw: Mapping[str, Any], languages: Languages) -> tuple[ContentRoot, ...]:
    """Give the folders of content; those of a language, and mounts, may lie within another."""
    mounts = list(_mounts(raw, languages))
    found = mounts or [ContentRoot(folder=_folder(raw, key), language=key) for key in languages.by_key]
    by_folder: dict[str, ContentRoot] = {}
    # Where languages share a folder, what names none is in the default one.
    for each in sorted(found, key=lambda root: root.language != languages.default.key):
        by_folder.setdefault(each.folder, each)
    return tuple(sorted(by_folder.values(), key=lambda root: -len(root.folder)))


def _folder(raw: Mapping[str, Any], key: str) -> str:
    own = text(at(raw, "languages", key, "contentdir"))
    return _inner(own or text(raw.get("contentdir")) or "content")


def _mounts(raw: Mapping[str, Any], languages: Languages) -> Iterator[ContentRoot]:
    for each in tables(at(raw, "module", "mounts")):
        target = _inner(text(each.get("target")))
        given = text(each.get("lang")) or next(iter(texts(at(each, "sites", "matrix", "languages"))), "")
        language = given.lower() or languages.default.key
        if (target == "content" or target.startswith("content/")) and language in languages.by_key:
            inside = target.removeprefix("content").strip("/")
            yield ContentRoot(folder=_inner(text(each.get("source"))), inside=inside, language=language)


def _inner(path: str) -> str:
    """Give a folder of the configuration from the site's root; ``SiteError`` for one that is elsewhere."""
    normal = posixpath.normpath(path.strip() or ".")
    if normal.startswith(("..", "/")):
        raise SiteError(f'"{path[:80]}" is a folder of content outside of the site; move it into the site')
    return "" if normal == "." else normal


def _ignored(root: Path, raw: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
    for pattern in texts(raw.get("ignorefiles")):
        try:
            yield re.compile(pattern)
        except re.error as error:
            what = f'ignoreFiles holds "{pattern[:80]}", which is no regular expression ({error})'
            raise SiteError(f"{root}: {what}; correct it") from error


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
