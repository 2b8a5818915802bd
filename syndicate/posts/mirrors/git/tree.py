"""The files of a commit in a folder, changed from one commit to the next in one step."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from syndicate.files import sync_folder, unwritable
from syndicate.posts.walking import entries, is_folder

#: Beside the tree, in the mirror's folder: one that isn't whole yet, and one that was replaced.
_NEXT = ".next"
_OLD = ".old"


def unfinished(folder: Path) -> Path:
    """Give the place, empty, for a tree that is being made."""
    place = folder / _NEXT
    try:
        _remove(place)
        place.mkdir(parents=True)
    except OSError as error:
        raise unwritable(place, error) from error
    return place


def recover(folder: Path, name: str) -> None:
    """Put things right after a crash: the tree is there, whole, and as it was or as it was to be."""
    old = folder / _OLD
    try:
        if old.exists() and not (folder / name).exists():
            old.rename(folder / name)
        _remove(old)
        _remove(folder / _NEXT)
    except OSError as error:
        raise unwritable(folder, error) from error


def switch(folder: Path, name: str) -> None:
    """Put the finished tree in the place of the present one; a power cut leaves one of the two, whole."""
    tree, old = folder / name, folder / _OLD
    try:
        os.sync()  # thousands of small files: one by one it would take longer
        if tree.exists():
            tree.rename(old)
        (folder / _NEXT).rename(tree)
        sync_folder(folder)
        _remove(old)
    except OSError as error:
        raise unwritable(tree, error) from error


def drop_others(folder: Path, name: str) -> None:
    """Remove the trees of repositories that were here before under another name."""
    for entry in entries(folder):
        if is_folder(entry) and entry.name != name and not entry.name.startswith("."):
            _remove(folder / entry.name)


def drop_links_out(tree: Path) -> list[str]:
    """Remove symbolic links that lead out of the tree; give their paths."""
    dropped = [path for path in _links(tree, tree) if not _leads_within(path, tree)]
    for path in dropped:
        path.unlink()
    return [path.relative_to(tree).as_posix() for path in dropped]


def _links(top: Path, tree: Path) -> Iterator[Path]:
    for entry in entries(top):
        path = top / entry.name
        if entry.is_symlink():
            yield path
        elif is_folder(entry):
            yield from _links(path, tree)


def _leads_within(link: Path, tree: Path) -> bool:
    target = link.readlink()
    if target.is_absolute():
        return False
    try:
        return link.resolve().is_relative_to(tree.resolve())
    except (OSError, RuntimeError):  # a circle
        return False


def _remove(place: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(place)
