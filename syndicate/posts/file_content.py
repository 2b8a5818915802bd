"""Bytes of one file of the site, read so that no file can hang, fill or leave the site."""

import os
import stat
from pathlib import Path

from syndicate.errors import PostError


def read_content(root: Path, path: str, *, max_bytes: int) -> bytes:
    """Give the bytes of ``path`` under ``root``; ``PostError`` for all but a regular file of the site."""
    whole = _inside(root, path)
    try:
        # Without O_NONBLOCK, opening a FIFO waits for its writer.
        descriptor = os.open(whole, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(path, error) from error
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        _check_plain(path, os.fstat(file.fileno()), max_bytes=max_bytes)
        try:
            content = file.readall() or b""
        except OSError as error:
            raise _unreadable(path, error) from error
    return content


def _inside(root: Path, path: str) -> str:
    """Give the file's whole path; ``PostError`` where a link on the way to it leads out of the site.

    Strings, and no ``realpath`` where there is no link: every file of a cold pass comes by.
    """
    whole = str(root)
    linked = False
    try:
        for part in path.split("/"):
            whole = f"{whole}/{part}"
            linked = linked or part == ".." or stat.S_ISLNK(os.lstat(whole).st_mode)
        real = os.path.realpath(whole, strict=True) if linked else ""
    except OSError as error:
        raise _unreadable(path, error) from error
    if linked and not real.startswith(os.path.join(os.path.realpath(root), "")):  # noqa: PTH118 - as above
        raise PostError(path, "is a symbolic link out of the site", "copy the file into the site")
    return whole


def _check_plain(path: str, status: os.stat_result, *, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise PostError(path, "is not a regular file", "remove it, or put a file in its place")
    if status.st_size > max_bytes:
        raise PostError(
            path,
            f"is larger than {max_bytes:,} bytes ({status.st_size:,})",
            "shorten it, or raise posts.max_file_bytes",
        )


def _unreadable(path: str, error: OSError) -> PostError:
    reason = (error.strerror or str(error)).lower()
    return PostError(path, f"can't be read ({reason})", "correct its permissions or its target")
