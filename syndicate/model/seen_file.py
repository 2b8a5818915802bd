"""A file of the site as it was last read."""

from dataclasses import dataclass
from datetime import datetime

from syndicate.model.packing import packed


@packed
@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """One candidate file, and what became of it when it was last read."""

    path: str
    size_bytes: int
    #: As the source saw it; 0 where it was read so soon after that it may have changed since unseen.
    modified_ns: int
    #: Of the bytes; "" where they couldn't be read.
    digest: str
    #: "post", "unreadable", or an ``Omission``.
    outcome: str
    problem: str | None = None
    #: When time alone changes the outcome.
    until: datetime | None = None
