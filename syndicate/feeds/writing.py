"""Documents under the web root, each with its compressed twins, none touched without need."""

import zlib
from pathlib import Path

from syndicate.files import write_if_changed

#: RFC 1952's wrapper, as zlib writes it: no name and no time in it, so the same bytes on every day.
_GZIP = 31
#: Level 9 takes half as long again for a document that is smaller by a hundredth.
_LEVEL = 6
#: Of brotli: 28 ms a megabyte of posts where that gzip takes 49, and smaller by 7 in a hundred; 9 takes 94 ms
#: for another 3.
_QUALITY = 5


class Shelf:
    """Where one pass puts its documents, and which of them it had to write."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.written: list[Path] = []
        self.unchanged = 0

    def put(self, path: str, content: bytes) -> None:
        """Put ``content`` at ``path`` from the root, and its gzip and brotli beside it (not counted)."""
        target = self._root / path
        if write_if_changed(target, content):
            self.written.append(target)
        else:
            self.unchanged += 1
        _gzip(target, content)
        _brotli(target, content)


def _gzip(target: Path, content: bytes) -> None:
    compressed = target.with_name(f"{target.name}.gz")
    if not _holds(compressed, content):
        write_if_changed(compressed, zlib.compress(content, _LEVEL, wbits=_GZIP))


def _holds(compressed: Path, content: bytes) -> bool:
    """Say whether the gzip is that of ``content``: reading it costs a tenth of compressing again."""
    try:
        return zlib.decompress(compressed.read_bytes(), wbits=_GZIP) == content
    except (OSError, zlib.error):
        return False


def _brotli(target: Path, content: bytes) -> None:
    """Write the brotli (RFC 7932) anew unless it is as new as its document: what asks costs no library."""
    compressed = target.with_name(f"{target.name}.br")
    try:
        if compressed.stat().st_mtime_ns >= target.stat().st_mtime_ns:
            return
    except FileNotFoundError:
        pass
    import brotli

    compressed.unlink(missing_ok=True)  # one that happens to hold the same would stay as old as it is
    write_if_changed(compressed, brotli.compress(content, mode=brotli.MODE_TEXT, quality=_QUALITY))
