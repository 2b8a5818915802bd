"""Bytes of one file of the site, read so that no file can hang, fill or leave the site."""

import os
import stat
from errno import ELOOP, EMLINK
from pathlib import Path

from syndicate.errors import PostError

#: Without O_NONBLOCK, opening a FIFO waits for its writer.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
#: What O_NOFOLLOW says of a link, on Linux and macOS, and on FreeBSD.
_IS_A_LINK = frozenset({ELOOP, EMLINK})
_LEAST_BYTES = 4096


def read_content(root: Path, path: str, *, max_bytes: int) -> bytes:
    """Give the bytes of ``path`` under ``root``; ``PostError`` for all but a regular file of the site."""
    try:
        descriptor = _opened(str(root), path)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise PostError(path, "is not a regular file", "remove it, or put a file in its place")
            _check_size(path, status.st_size, max_bytes=max_bytes)
            return _all_of(path, descriptor, size_bytes=status.st_size, max_bytes=max_bytes)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unreadable(path, error) from error


def _opened(root: str, path: str) -> int:
    """Give the open file; ``PostError`` where a link on the way to it leads out of the site.

    Strings, and no ``realpath`` where there is no link: every file of a cold pass comes by.
    """
    if not _lies_behind_links(root, path):
        try:
            return os.open(f"{root}/{path}", _FLAGS | os.O_NOFOLLOW)
        except OSError as error:
            if error.errno not in _IS_A_LINK:
                raise
    real = os.path.realpath(f"{root}/{path}", strict=True)
    if not real.startswith(os.path.join(os.path.realpath(root), "")):  # noqa: PTH118 - as above
        raise PostError(path, "is a symbolic link out of the site", "copy the file into the site")
    return os.open(f"{root}/{path}", _FLAGS)


def _lies_behind_links(root: str, path: str) -> bool:
    """Say whether a folder on the way to the file is a link, or might lead up."""
    whole = root
    *folders, name = path.split("/")
    for folder in folders:
        whole = f"{whole}/{folder}"
        if folder == ".." or stat.S_ISLNK(os.lstat(whole).st_mode):
            return True
    return name == ".."


def _check_size(path: str, size_bytes: int, *, max_bytes: int) -> None:
    if size_bytes > max_bytes:
        raise PostError(
            path,
            f"is larger than {max_bytes:,} bytes ({size_bytes:,})",
            "shorten it, or raise posts.max_file_bytes",
        )


def _all_of(path: str, descriptor: int, *, size_bytes: int, max_bytes: int) -> bytes:
    """Give what the file holds, in one piece where it still has its size: the file object costs as much.

    Not all have a size that they say, and one that somebody writes to might never end.
    """
    pieces, found_bytes = [], 0
    while piece := os.read(descriptor, max(size_bytes, _LEAST_BYTES) + 1):
        pieces.append(piece)
        found_bytes += len(piece)
        _check_size(path, found_bytes, max_bytes=max_bytes)
    return b"".join(pieces)


def _unreadable(path: str, error: OSError) -> PostError:
    reason = (error.strerror or str(error)).lower()
    return PostError(path, f"can't be read ({reason})", "correct its permissions or its target")
