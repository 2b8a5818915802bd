"""What every source offers: the seam between one kind of site and everything after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from syndicate.model.post import Omitted, Reading
from syndicate.model.site import Site

#: In ``Post.draws_on``: whatever may be a post.
EVERY_FILE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A file that may be a post, seen by ``stat`` alone."""

    #: From the site's root, with forward slashes.
    path: str
    size_bytes: int
    #: When its bytes, or its times, were last changed: the later of ``mtime`` and ``ctime``. An ``mtime`` can
    #: be set back by whoever copies a file, and a ``ctime`` can't.
    modified_ns: int
    #: Its ``mtime``: the day that the file claims, for those that name none.
    dated_ns: int


class Source(Protocol):
    """The adapter that reads one kind of site as its own generator does."""

    @property
    def site(self) -> Site:
        """What the site says of itself."""

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post; no file is opened. ``SiteError`` when the site is gone."""

    def omission(self, path: str) -> Omitted | None:
        """Say why a file at ``path`` would not even be a candidate; ``None`` when it would."""

    def read(self, path: str, content: bytes, *, now: datetime) -> Reading:
        """Give the facts and the excerpt of one file; never raises for what stands in it."""

    def read_some(self, files: Sequence[tuple[str, bytes]], *, now: datetime) -> list[Reading]:
        """Give what ``read`` gives of each file, of its path and its content; a fifth faster by the dozen."""

    def content_html(self, path: str) -> str:
        """Give the full text: rendered, sanitised, absolute URLs. ``PostError`` when it can't be."""

    def raw_html(self, path: str) -> str:
        """Give the same as the site's generator writes it: to be compared with that, never to be shown."""
