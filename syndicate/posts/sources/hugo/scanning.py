"""Which files Hugo takes for pages (hugolib/pages_capture.go, source/sourceSpec.go)."""

import os
from collections.abc import Iterator
from pathlib import Path

from syndicate.posts.source import Candidate
from syndicate.posts.sources.hugo.config import HugoConfig
from syndicate.posts.sources.hugo.places import ContentRoot, Place, is_hidden
from syndicate.posts.walking import candidate, entries, is_folder


def pages(root: Path, config: HugoConfig) -> Iterator[Candidate]:
    """Give every file that may be a regular page; what lies in a page's bundle is none."""
    for place, entry in walk(root, config):
        if place.is_regular and config.wants(place):
            yield from candidate(place.path, entry)


def collections(root: Path, config: HugoConfig) -> set[str]:
    """Give the sections that hold pages."""
    return {place.collection for place, _ in walk(root, config) if place.is_regular and config.wants(place)}


def walk(root: Path, config: HugoConfig) -> Iterator[tuple[Place, "os.DirEntry[str]"]]:
    """Give every page's file with its place, those of sections too."""
    for content in sorted(config.roots, key=lambda each: each.folder):
        yield from _folder(root, content, content.folder, config)


def in_bundle(root: Path, place: Place, config: HugoConfig) -> bool:
    """Say whether the file is no page of its own, for a folder above it has a page (``index.md``)."""
    content = config.root_of(place.path)
    above = place.path.rpartition("/")[0]
    own = place.is_bundle
    while content:
        if not own and any(each.is_bundle for each, _ in _places(root, above, config)):
            return True
        if above == content.folder:
            break
        own = False
        above = above.rpartition("/")[0]
    return False


def is_ignored(root: Path, path: str, config: HugoConfig) -> bool:
    """Say whether the site's ``ignoreFiles`` leave the file at ``path`` out."""
    return bool(config.ignored) and any(pattern.search(f"{root}/{path}") for pattern in config.ignored)


def _folder(
    root: Path, content: ContentRoot, folder: str, config: HugoConfig
) -> Iterator[tuple[Place, "os.DirEntry[str]"]]:
    here = list(_places(root, folder, config))
    bundles = [each for each in here if each[0].is_bundle]
    yield from _unshadowed(bundles or here)
    if bundles:
        return
    others = {each.folder for each in config.roots if each is not content}
    for entry in entries(root / folder):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if is_folder(entry) and not is_hidden(entry.name) and path not in others:
            yield from _folder(root, content, path, config)


def _places(root: Path, folder: str, config: HugoConfig) -> Iterator[tuple[Place, "os.DirEntry[str]"]]:
    for entry in entries(root / folder):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if is_hidden(entry.name) or is_folder(entry) or is_ignored(root, path, config):
            continue
        place = config.place_of(path)
        if place:
            yield place, entry


def _unshadowed(
    found: list[tuple[Place, "os.DirEntry[str]"]],
) -> Iterator[tuple[Place, "os.DirEntry[str]"]]:
    """Leave out ``a.md`` where ``a.en.md`` is the same page in the same language."""
    said = {(place.language, place.name.lower()) for place, _ in found if place.says_language}
    for place, entry in found:
        if place.says_language or (place.language, place.name.lower()) not in said:
            yield place, entry
