"""Documents under the web root, each with its compressed twins, none touched without need."""

import zlib
from collections.abc import Mapping
from pathlib import Path

from syndicate.files import holds, write_each

#: RFC 1952's wrapper, as zlib writes it: no name and no time in it, so the same bytes on every day.
_GZIP = 31
#: Level 9 takes half as long again for a document that is smaller by a hundredth.
_LEVEL = 6
#: Of brotli: 28 ms a megabyte of posts where that gzip takes 49, and smaller by 7 in a hundred; 9 takes 94 ms
#: for another 3.
_QUALITY = 5


class Shelf:
    """Where one pass puts its documents, which they are, and which of them it had to write."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.documents: list[Path] = []
        self.written: list[Path] = []

    def put(self, path: str, content: bytes) -> None:
        """Put ``content`` at ``path`` from the root, and its gzip and brotli beside it (not counted)."""
        folder, _, name = path.rpartition("/")
        self.put_all(folder, {name: content})

    def put_all(self, folder: str, documents: Mapping[str, bytes]) -> None:
        """Put documents by name into ``folder`` from the root, each with its gzip and brotli beside it."""
        fresh: dict[str, bytes] = {}
        for name, content in documents.items():
            document, gzip, brotli = twins(self._root / folder / name)
            self.documents.append(document)
            changed = not holds(document, content)
            if changed:
                self.written.append(document)
                fresh[name] = content
            if not _is_gzip_of(gzip, content):
                fresh[gzip.name] = zlib.compress(content, _LEVEL, wbits=_GZIP)
            if changed or not _is_as_new(brotli, document):
                fresh[brotli.name] = _brotli(content)
        write_each(self._root / folder, fresh)


def twins(document: Path) -> tuple[Path, Path, Path]:
    """Give a document's file, and those of its gzip and its brotli."""
    return document, document.with_name(f"{document.name}.gz"), document.with_name(f"{document.name}.br")


def _is_gzip_of(compressed: Path, content: bytes) -> bool:
    """Say whether the gzip is that of ``content``: reading it costs a tenth of compressing again."""
    try:
        return zlib.decompress(compressed.read_bytes(), wbits=_GZIP) == content
    except (OSError, zlib.error):
        return False


def _is_as_new(compressed: Path, document: Path) -> bool:
    """Say whether a brotli was written after its document: to ask for more would cost the library."""
    try:
        return compressed.stat().st_mtime_ns >= document.stat().st_mtime_ns
    except OSError:
        return False


def _brotli(content: bytes) -> bytes:
    """Give the brotli (RFC 7932) of a document."""
    import brotli

    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=_QUALITY)
    return compressed
