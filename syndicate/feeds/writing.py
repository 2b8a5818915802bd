"""Documents under the web root, each with its compressed twins, none touched without need."""

import os
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from syndicate.files import holds, write_each

#: RFC 1952's wrapper, in zlib's words.
_GZIP = 31
#: Of libdeflate: as small as zlib's fifth level in half of its time. 4 takes a tenth less, and is larger.
_LEVEL = 5
#: Of brotli: less than that gzip's time, and much smaller where feeds repeat texts; 9 takes three times as
#: long for another 3 in a hundred.
_QUALITY = 5
#: Beneath this, threads cost more than they bring.
_LARGE_BYTES = 100_000
#: No more than there are cores: who composes the next feed wants one too.
_AT_ONCE = min(os.cpu_count() or 1, 4)

#: How to compress, and what.
_Compressing = tuple[Callable[[bytes], bytes], bytes]


def _nothing() -> None:
    """Be what there is to do where there is nothing."""


class Shelf:
    """Where one pass puts its documents, which they are, and which of them it had to write.

    What is put last is compressed while the caller goes on, and lies there with the next put, or ``settle``.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._unfinished: Callable[[], None] = _nothing
        self.documents: list[Path] = []
        self.written: list[Path] = []

    def put(self, path: str, content: bytes) -> None:
        """Put ``content`` at ``path`` from the root, and its gzip and brotli beside it (not counted)."""
        folder, _, name = path.rpartition("/")
        self.put_all(folder, {name: content})

    def put_all(
        self, folder: str, documents: Mapping[str, bytes], *, then: Callable[[], None] = _nothing
    ) -> None:
        """Put documents by name into ``folder`` from the root, each with its gzip and brotli beside it.

        ``then`` is called once they lie there.
        """
        self.settle()
        fresh: dict[str, bytes] = {}
        wanted: dict[str, _Compressing] = {}
        for name, content in documents.items():
            document, gzip, brotli = twins(self._root / folder / name)
            self.documents.append(document)
            changed = not holds(document, content)
            if changed:
                self.written.append(document)
                fresh[name] = content
            if changed or not _is_gzip_of(gzip, content):
                wanted[gzip.name] = _gzip, content
            if changed or not _is_as_new(brotli, document):
                wanted[brotli.name] = _brotli, content
        written = _begun(self._root / folder, fresh, wanted)

        def finish() -> None:
            written()
            then()

        self._unfinished = finish

    def settle(self) -> None:
        """Have all that was put where it belongs before this returns."""
        finish, self._unfinished = self._unfinished, _nothing
        finish()


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


def _begun(
    folder: Path, fresh: Mapping[str, bytes], wanted: Mapping[str, _Compressing]
) -> Callable[[], None]:
    """Begin to compress, and to write all when that is done, in other threads; give what waits for the end.

    Neither library holds Python's lock.
    """
    from concurrent.futures import ThreadPoolExecutor

    if sum(len(content) for _, content in wanted.values()) < _LARGE_BYTES:
        compressed = {name: compress(content) for name, (compress, content) in wanted.items()}
        return lambda: write_each(folder, {**fresh, **compressed})
    pool = ThreadPoolExecutor(_AT_ONCE + 1)
    running = {name: pool.submit(compress, content) for name, (compress, content) in wanted.items()}
    written = pool.submit(
        lambda: write_each(folder, {**fresh, **{name: each.result() for name, each in running.items()}})
    )
    pool.shutdown(wait=False)  # its threads end when they have nothing left to do
    return written.result


def _gzip(content: bytes) -> bytes:
    """Give the gzip (RFC 1952) of a document, without name and time: the same on every day and machine.

    libdeflate says so of each of its versions (its issue 400). zlib's depends on who built Python: some put
    zlib-ng in its place.
    """
    import deflate

    return bytes(deflate.gzip_compress(content, _LEVEL))


def _brotli(content: bytes) -> bytes:
    """Give the brotli (RFC 7932) of a document."""
    import brotli

    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=_QUALITY)
    return compressed
