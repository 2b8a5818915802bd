"""The site as it was: a scratch folder that follows the history a commit at a time."""

import mimetypes
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from syndicate.reports.replay.history import Blobs, Change

#: Kinds of files of which no site is read; they are there, with their size and without their content.
_MEDIA = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_WRITTEN_LIKE_TEXT = ("image/svg+xml",)


@dataclass(slots=True, kw_only=True)
class Checkout:
    """Writes the files of commits below ``root``, where nothing else is."""

    root: Path
    blobs: Blobs
    #: Larger files are no posts, and are not read.
    max_file_bytes: int
    #: Each write has a time of its own, so that none is taken for the one before.
    _writes: int = 0
    #: Objects that the repository lacks.
    missing: list[str] = field(default_factory=list)

    def apply(self, changes: Iterable[Change], *, at: datetime) -> None:
        """Bring the folder from one commit to the next, which was made ``at`` that instant."""
        sound = [each for each in changes if _stays_below(each.path)]
        for change in sound:
            if change.blob is None:
                self._remove(change.path)
        for change in sound:
            if change.blob is not None:
                self._write(change.path, change.blob, at=at)

    def _write(self, path: str, blob: str, *, at: datetime) -> None:
        size = self.blobs.size_bytes(blob)
        if size is None:
            self.missing.append(path)
            return
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if size > self.max_file_bytes or _is_media(path):
            with target.open("wb") as file:
                file.truncate(size)
        else:
            target.write_bytes(self.blobs.content(blob))
        self._writes += 1
        written = (int(at.timestamp()) - 1) * 1_000_000_000 + self._writes  # never in its own future
        os.utime(target, ns=(written, written))

    def _remove(self, path: str) -> None:
        target = self.root / path
        if not target.is_file():  # a link, which was never written, or what links stood for
            return
        target.unlink()
        for folder in target.parents:
            if folder == self.root or any(folder.iterdir()):
                break
            folder.rmdir()


def _stays_below(path: str) -> bool:
    """Say whether a path, which in a repository made by hand may be any, stays in its folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts


def _is_media(path: str) -> bool:
    kind = mimetypes.guess_type(path, strict=False)[0] or ""
    return kind.startswith(_MEDIA) and kind not in _WRITTEN_LIKE_TEXT
