"""Documents under the web root, each with its compressed twin, none touched without need."""

import zlib
from collections.abc import Mapping
from pathlib import Path

from syndicate.files import holds, write_each

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
        folder, _, name = path.rpartition("/")
        self.put_all(folder, {name: content})

    def put_all(self, folder: str, documents: Mapping[str, bytes]) -> None:
        """Put documents by name into ``folder`` from the root, each with its gzip beside it."""
        fresh: dict[str, bytes] = {}
        for name, content in documents.items():
            document, compressed = twins(self._root / folder / name)
            self.documents.append(document)
            if not holds(document, content):
                self.written.append(document)
                fresh[name] = content
            if not _is_gzip_of(compressed, content):
                fresh[compressed.name] = zlib.compress(content, _LEVEL, wbits=_GZIP)
        write_each(self._root / folder, fresh)


def twins(document: Path) -> tuple[Path, Path]:
    """Give a document's file, and that of its gzip."""
    return document, document.with_name(f"{document.name}.gz")


def _is_gzip_of(compressed: Path, content: bytes) -> bool:
    """Say whether the gzip is that of ``content``: reading it costs a tenth of compressing again."""
    try:
        return zlib.decompress(compressed.read_bytes(), wbits=_GZIP) == content
    except (OSError, zlib.error):
        return False
