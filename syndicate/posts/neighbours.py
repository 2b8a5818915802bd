"""Addresses of other files of the site, for posts that link to a file and not to an address."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from syndicate.errors import PostError
from syndicate.model.post import Omitted
from syndicate.posts.file_content import read_content
from syndicate.posts.manuscript import END_OF_TIME, Manuscript

#: Of a file that another one links to; no post is longer.
_MAX_BYTES = 5_000_000


class Neighbours:
    """Finds what posts link to; each file is read once."""

    def __init__(self, root: Path, read: Callable[[str, bytes, datetime], Manuscript | Omitted]) -> None:
        self._root = root
        self._read = read
        self._links: dict[str, str] = {}

    def link(self, path: str) -> str:
        """Give the absolute address of the post in the file at ``path``; "" where there is no post."""
        if path not in self._links:
            self._links[path] = self._looked_up(path)
        return self._links[path]

    def _looked_up(self, path: str) -> str:
        try:
            content = read_content(self._root, path, max_bytes=_MAX_BYTES)
            found = self._read(path, content, END_OF_TIME)
        except (PostError, ValueError):  # "a\0b" is no file's name
            return ""
        return "" if isinstance(found, Omitted) else found.link


def file_named(address: str, *, folder: str) -> str:
    """Give the path of the file that ``address`` names, seen from ``folder``, or from the root with a slash.

    Without what stands behind ``?`` or ``#``; "" where it leads out of the site.
    """
    bare = unquote(address.partition("#")[0].partition("?")[0])
    path = normpath(bare.lstrip("/") if bare.startswith("/") else f"{folder}/{bare}".lstrip("/"))
    return "" if path in {".", ".."} or path.startswith("../") else path


def with_fragment(link: str, address: str) -> str:
    """Give ``link`` with the ``#part`` that ``address`` asks for."""
    _, mark, fragment = address.partition("#")
    return f"{link}{mark}{fragment}"
