"""Documents under the web root, each with its compressed twin, none touched without need."""

import zlib
from pathlib import Path

from syndicate.files import write_if_changed

#: RFC 1952's wrapper, as zlib writes it: no name and no time in it, so the same bytes on every day.
_GZIP = 31
#: Level 9 takes half as long again for a document that is smaller by a hundredth.
_LEVEL = 6


class Shelf:
    """Where one pass puts its documents, which they are, and which of them it had to write."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.documents: list[Path] = []
        self.written: list[Path] = []

    def put(self, path: str, content: bytes) -> None:
        """Put ``content`` at ``path`` from the root, and its gzip beside it (not counted)."""
        target = self._root / path
        self.documents.append(target)
        if write_if_changed(target, content):
            self.written.append(target)
        _compress(target, content)


def twins(document: Path) -> tuple[Path, Path]:
    """Give a document's file, and that of its gzip."""
    return document, document.with_name(f"{document.name}.gz")


def _compress(target: Path, content: bytes) -> None:
    _, compressed = twins(target)
    if not _holds(compressed, content):
        write_if_changed(compressed, zlib.compress(content, _LEVEL, wbits=_GZIP))


def _holds(compressed: Path, content: bytes) -> bool:
    """Say whether the gzip is that of ``content``: reading it costs a tenth of compressing again."""
    try:
        return zlib.decompress(compressed.read_bytes(), wbits=_GZIP) == content
    except (OSError, zlib.error):
        return False
