"""Documents under the web root, each with its compressed twins, none touched without need."""

import os
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from syndicate.files import clear, holds, write_each

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

#: What waits to be written at most, before the next is put (bytes): each round of writing has the disk turn
#: over, and each feed that waits is in memory.
_ROOM = 8_000_000

#: How to compress, and what.
_Compressing = tuple[Callable[[bytes], bytes], bytes]
#: Bytes, or what waits for them.
_Making = Callable[[], bytes]


def _nothing() -> None:
    """Be what there is to do where there is nothing."""


class Shelf:
    """Where one pass puts its documents, which they are, and which of them it had to write.

    What is put is compressed while the caller goes on, and lies there once it is settled or much more is put.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._waiting: dict[Path, _Making] = {}
        self._waiting_bytes = 0
        self._then: list[Callable[[], None]] = []
        self.documents: list[Path] = []
        self.written: list[Path] = []

    def put(self, path: str, content: bytes) -> None:
        """Put ``content`` at ``path`` from the root, and its gzip and brotli beside it (not counted)."""
        folder, _, name = path.rpartition("/")
        self.put_all(folder, {name: content})

    def put_all(
        self,
        folder: str,
        documents: Mapping[str, bytes],
        *,
        compressed: Mapping[str, bytes] = MappingProxyType({}),
        then: Callable[[], None] = _nothing,
    ) -> None:
        """Put documents by name into ``folder`` from the root, each with its gzip and brotli beside it.

        ``compressed`` are those of the latter that are made already. ``then`` is called once all lie there.
        """
        if self._waiting_bytes > _ROOM:
            self.settle()
        fresh, wanted = self._lacking(folder, documents)
        done = {path: compressed[path.name] for path in wanted if path.name in compressed}
        left = {path: each for path, each in wanted.items() if path not in done}
        self._waiting |= {path: partial(bytes, each) for path, each in {**fresh, **done}.items()}
        self._waiting |= _begun(left)
        self._waiting_bytes += sum(map(len, documents.values())) if wanted else 0
        self._then.append(then)

    def _lacking(
        self, folder: str, documents: Mapping[str, bytes]
    ) -> tuple[dict[Path, bytes], dict[Path, _Compressing]]:
        """Give the documents, and the twins, that don't lie there as they are to."""
        fresh: dict[Path, bytes] = {}
        wanted: dict[Path, _Compressing] = {}
        for name, content in documents.items():
            document, gzip, brotli = files = twins(self._root / folder / name)
            self.documents.append(document)
            clear(files)  # what a killed pass left, whose document stays
            changed = not holds(document, content)
            if changed:
                self.written.append(document)
                fresh[document] = content
            if changed or not _is_gzip_of(gzip, content):
                wanted[gzip] = _gzip, content
            if changed or not _is_as_new(brotli, document):
                wanted[brotli] = _brotli, content
        return fresh, wanted

    def settle(self) -> None:
        """Have all that was put where it belongs before this returns."""
        waiting, self._waiting, self._waiting_bytes = self._waiting, {}, 0
        calls, self._then = self._then, []
        write_each({path: make() for path, make in waiting.items()})
        for call in calls:
            call()


def twins(document: Path) -> tuple[Path, Path, Path]:
    """Give a document's file, and those of its gzip and its brotli."""
    return document, document.with_name(f"{document.name}.gz"), document.with_name(f"{document.name}.br")


def compressed(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the gzip and the brotli of documents by name, by their own names."""
    made: dict[str, bytes] = {}
    for name, content in documents.items():
        _, gzip, brotli = twins(Path(name))
        made |= {gzip.name: _gzip(content), brotli.name: _brotli(content)}
    return made


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


def _begun(wanted: Mapping[Path, _Compressing]) -> dict[Path, _Making]:
    """Begin to compress in other threads; give what waits for it. Neither library holds Python's lock."""
    from concurrent.futures import ThreadPoolExecutor

    if sum(len(content) for _, content in wanted.values()) < _LARGE_BYTES:
        return {path: partial(compress, content) for path, (compress, content) in wanted.items()}
    pool = ThreadPoolExecutor(_AT_ONCE)
    running: dict[Path, _Making] = {
        path: pool.submit(compress, content).result for path, (compress, content) in wanted.items()
    }
    pool.shutdown(wait=False)  # its threads end when they have nothing left to do
    return running


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
