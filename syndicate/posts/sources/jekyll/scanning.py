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
        # As pathlib has it, at a tenth of the cost: a cold pass asks many times of every file.
        stem, dot, suffix = self.name.rpartition(".")
        return f"{dot}{suffix}" if stem and suffix else ""


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
    return next((part for part in (parts[0], parts[-1]) if _special(part)), None)


def excluded_by(path: str, config: JekyllConfig) -> str | None:
    """Give the pattern that excludes ``path``; ``None`` where none does, or ``include`` takes it in again."""
    if not _excluded(path, config):
        return None
    return next(pattern for pattern in config.exclude if _any_of((pattern,)).fullmatch(path))


def is_document_name(place: Place, config: JekyllConfig) -> bool:
    """Say whether a file of this name can be a document: its extension, and a date where it is a post."""
    extension = place.suffix.removeprefix(".").lower()
    if extension not in config.markdown_extensions and extension not in _TEXT_EXTENSIONS:
        return False
    return place.collection != "posts" or DATED_NAME.fullmatch(place.name) is not None


def _collection_files(root: Path, folder: str, collection: str, config: JekyllConfig) -> Iterator[Candidate]:
    for path, entry in _walk(root / folder, folder, config, depth=0):
        place = Place(collection=collection, inner=path.removeprefix(f"{folder}/"))
        if is_document_name(place, config):
            yield from candidate(path, entry)


def _walk(
    top: Path, folder: str, config: JekyllConfig, *, depth: int
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    for entry in entries(top):
        path = f"{folder}/{entry.name}"
        if _excluded(path, config):
            continue
        if is_folder(entry):
            # Jekyll's filter sees "_hidden/a.md" as one word: only the first folder's underscore hides.
            if not entry.name.startswith(".") and not (depth == 0 and _special(entry.name)):
                yield from _walk(top / entry.name, path, config, depth=depth + 1)
        elif not _special(entry.name):
            yield path, entry


def _category_folders(base: Path, prefix: str, config: JekyllConfig) -> Iterator[str]:
    """Give the folders (from the root) that hold a ``_posts`` of their own, the top one left out."""
    for entry in entries(base):
        folder = f"{prefix}{entry.name}"
        if _special(entry.name) or _excluded(folder, config) or not is_folder(entry):
            continue
        if (base / entry.name / "_posts").is_dir():
            yield folder
        yield from _category_folders(base / entry.name, f"{folder}/", config)


def _special(name: str) -> bool:
    return name[:1] in "._#~" or name.endswith("~")


def _excluded(path: str, config: JekyllConfig) -> bool:
    return bool(_any_of(config.exclude).fullmatch(path)) and not _any_of(config.include).fullmatch(path)


@lru_cache(maxsize=8)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Give one expression for all of them: every path is held against it in every pass."""
    bare = [pattern.strip("/") for pattern in patterns]
    whole = [f"{re.escape(each)}(?:/.*)?" for each in bare]
    return re.compile(
        "|".join([*whole, *(translate(each) for each in bare if "*" in each)]) or "(?!)", re.DOTALL
    )


def has_posts(root: Path, config: JekyllConfig) -> bool:
    """Say whether the site has any folder of posts."""
    base = root / config.collections_dir if config.collections_dir else root
    prefix = f"{config.collections_dir}/" if config.collections_dir else ""
    return (base / "_posts").is_dir() or any(True for _ in _category_folders(base, prefix, config))


def find(root: Path, config: JekyllConfig, wanted: str) -> str | None:
    """Give the path of the document that ``{% link %}`` or ``{% post_url %}`` names."""
    for each in scan(root, config):
        path = each.path
        if path == wanted or path.rpartition("_posts/")[2].rpartition(".")[0] == wanted:
            return path
    return None
