"""A site's folders, by ``scandir`` and ``stat`` alone, never behind a link that leads to a folder."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from syndicate.errors import SiteError
from syndicate.posts.source import Candidate

#: Given a path from the site's root and the name of a folder or file there: whether to look at it.
Wanted = Callable[[str, str], bool]


def walk(root: Path, folder: str, *, enter: Wanted, take: Wanted) -> Iterator[Candidate]:
    """Give the files below ``folder`` (from ``root``; "" is the root itself), in the order of their names.

    ``SiteError`` for a folder that can't be read; none at all where there is no such folder.
    """
    for entry in entries(root / folder):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if is_folder(entry):
            if enter(path, entry.name):
                yield from walk(root, path, enter=enter, take=take)
        elif take(path, entry.name):
            yield from candidate(path, entry)


def entries(folder: Path) -> list["os.DirEntry[str]"]:
    """Give what is in a folder by name; nothing where there is none."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SiteError(f"{folder}: can't be read ({reason}); correct its permissions") from error


def is_folder(entry: "os.DirEntry[str]") -> bool:
    """Say whether to go into it: a folder behind a link may lead out of the site, or round in circles."""
    return entry.is_dir(follow_symlinks=False)


def candidate(path: str, entry: "os.DirEntry[str]") -> Iterator[Candidate]:
    """Give the file, unless it went away since its folder was read."""
    try:
        stat = entry.stat()
    except FileNotFoundError:
        if not entry.is_symlink():
            return
        stat = entry.stat(follow_symlinks=False)
    except OSError:  # a circle of links
        stat = entry.stat(follow_symlinks=False)
    yield Candidate(
        path=path,
        size_bytes=stat.st_size,
        modified_ns=max(stat.st_mtime_ns, stat.st_ctime_ns),
        dated_ns=stat.st_mtime_ns,
    )
