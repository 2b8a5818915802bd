"""Which files Jekyll looks at, and where each belongs (lib/jekyll/{reader,entry_filter,collection}.rb)."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from pathlib import Path

from syndicate.posts.source import Candidate
from syndicate.posts.sources.jekyll.config import JekyllConfig
from syndicate.posts.walking import candidate, entries, is_folder

#: lib/jekyll/document.rb DATE_FILENAME_MATCHER, of the file's name alone.
DATED_NAME = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)", re.DOTALL)
#: Besides Markdown; other files with a front matter are pages or data, not posts.
_TEXT_EXTENSIONS = frozenset({"html", "htm", "txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document stands in its site."""

    collection: str
    #: From the collection's folder: ``2024/a.md``.
    inner: str
    #: Folders above ``_posts``: Jekyll makes them categories.
    folders: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Give the file's name."""
        return self.inner.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """Give the end of the file's name, with its dot; "" where it has none."""
        return _suffix(self.name)


def scan(root: Path, config: JekyllConfig) -> Iterator[Candidate]:
    """Give every file that Jekyll would take for a document of a collection with pages."""
    base = root / config.collections_dir if config.collections_dir else root
    prefix = f"{config.collections_dir}/" if config.collections_dir else ""
    for collection in config.collections:
        yield from _collection_files(root, f"{prefix}_{collection}", collection, config)
    for folder in _category_folders(base, prefix, config):
        yield from _collection_files(root, f"{folder}/_posts", "posts", config)


def place_of(path: str, config: JekyllConfig) -> Place | None:
    """Give where the file at ``path`` belongs; ``None`` outside every collection that has pages."""
    prefix = f"{config.collections_dir}/" if config.collections_dir else ""
    if not path.startswith(prefix):
        return None
    parts = path.removeprefix(prefix).split("/")
    for index, part in enumerate(parts[:-1]):
        collection = part.removeprefix("_")
        if part == "_posts" or (index == 0 and part.startswith("_") and collection in config.collections):
            inner = "/".join(parts[index + 1 :])
            return Place(collection=collection, inner=inner, folders=tuple(parts[:index]))
        if _special(part):
            return None
    return None


def special_part(path: str, config: JekyllConfig) -> str | None:
    """Give the name, the folder's or the file's own, for which Jekyll passes over the file at ``path``."""
    place = place_of(path, config)
    parts = (place.inner if place else path).split("/")
    if place and _included(place.inner, config):
        return None
    return next((part for part in (parts[0], parts[-1]) if _special(part)), None)


def excluded_by(path: str, config: JekyllConfig) -> str | None:
    """Give the pattern that excludes ``path``; ``None`` where none does, or ``include`` takes it in again."""
    place = place_of(path, config)
    if _included(place.inner if place else path, config):
        return None
    return next((each for each in config.exclude if _is_excluded_by((each,), path, config)), None)


def is_document_name(name: str, collection: str, config: JekyllConfig) -> bool:
    """Say whether a file of this name can be a document: its extension, and a date where it is a post."""
    extension = _suffix(name)[1:].lower()
    if extension not in config.markdown_extensions and extension not in _TEXT_EXTENSIONS:
        return False
    return collection != "posts" or DATED_NAME.fullmatch(name) is not None


def _suffix(name: str) -> str:
    # As pathlib has it, at a tenth of the cost: a cold pass asks many times of every file.
    stem, dot, suffix = name.rpartition(".")
    return f"{dot}{suffix}" if stem and suffix else ""


def _collection_files(root: Path, folder: str, collection: str, config: JekyllConfig) -> Iterator[Candidate]:
    for path, entry in _walk(root / folder, folder, config):
        if is_document_name(entry.name, collection, config):
            yield from candidate(path, entry)


def _walk(
    top: Path, folder: str, config: JekyllConfig, *, inner: str = ""
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    for entry in entries(top):
        path = f"{folder}/{entry.name}"
        below = f"{inner}{entry.name}"
        if not is_folder(entry):
            if _passes(below, path, config):
                yield path, entry
        # Jekyll's filter sees "_hidden/a.md" as one word: only the first folder's underscore hides.
        elif not entry.name.startswith(".") and (
            inner or not _special(entry.name) or _included(below, config)
        ):
            yield from _walk(top / entry.name, path, config, inner=f"{below}/")


def _category_folders(base: Path, prefix: str, config: JekyllConfig) -> Iterator[str]:
    """Give the folders (from the root) that hold a ``_posts`` of their own, the top one left out."""
    for entry in entries(base):
        folder = f"{prefix}{entry.name}"
        if not _passes(entry.name, folder, config) or not is_folder(entry):
            continue
        if (base / entry.name / "_posts").is_dir():
            yield folder
        yield from _category_folders(base / entry.name, f"{folder}/", config)


def _passes(inner: str, path: str, config: JekyllConfig) -> bool:
    """Say whether Jekyll takes what is at ``path``, which it calls ``inner`` (entry_filter.rb)."""
    name = inner.rpartition("/")[2]
    if not (_special(inner) or _special(name) or _excluded(path, config)):
        return True
    return _included(inner, config)


def _special(name: str) -> bool:
    return name[:1] in "._#~" or name.endswith("~")


def _included(inner: str, config: JekyllConfig) -> bool:
    name = inner.rpartition("/")[2]
    included = _any_of(config.include)
    return bool(included.fullmatch(inner) or included.fullmatch(name))


def _excluded(path: str, config: JekyllConfig) -> bool:
    return _is_excluded_by(config.exclude, path, config)


def _is_excluded_by(patterns: tuple[str, ...], path: str, config: JekyllConfig) -> bool:
    # Of a collection Jekyll sees no more than its own folder, wherever that is.
    prefix = f"{config.collections_dir}/" if config.collections_dir and "_posts/" not in path else ""
    excluded = _any_of(patterns)
    return bool(excluded.fullmatch(path) or (prefix and excluded.fullmatch(path.removeprefix(prefix))))


@lru_cache(maxsize=32)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Give one expression for all of them: every path is held against it in every pass."""
    return re.compile("|".join(_expression(each.lstrip("/")) for each in patterns) or "(?!)", re.DOTALL)


def _expression(pattern: str) -> str:
    if any(mark in pattern for mark in "*?["):
        return translate(pattern)
    # Jekyll asks no more than whether the path begins so.
    return f"{re.escape(pattern[:-1])}(?:/.*)?" if pattern.endswith("/") else f"{re.escape(pattern)}.*"


def has_posts(root: Path, config: JekyllConfig) -> bool:
    """Say whether the site has any folder of posts."""
    base = root / config.collections_dir if config.collections_dir else root
    prefix = f"{config.collections_dir}/" if config.collections_dir else ""
    return (base / "_posts").is_dir() or any(True for _ in _category_folders(base, prefix, config))
