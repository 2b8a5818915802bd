"""What is remembered from one question to the next: what the answer was, the next time, what went wrong."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from syndicate.files import write_if_changed

_FILE = ".polling.json"
_LISTS = ("warnings", "shown", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Where the polling of a site that lives elsewhere stands."""

    #: What was asked for, and under which settings; with others it is asked at once.
    asked: str = ""
    next_at: datetime | None = None
    #: The configured wait that ``next_at`` was made with.
    refresh: timedelta = timedelta()
    #: In a row.
    failures: int = 0
    #: Told in every pass until it is mended.
    problem: str = ""
    warnings: tuple[str, ...] = ()
    #: Of a feed: its validators; the ids of its last reading, in its order; those that were taken back in it.
    etag: str = ""
    last_modified: str = ""
    shown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    #: Of a repository: the commit whose files lie here.
    commit: str = ""


def recall(folder: Path) -> Memory:
    """Give what is remembered in this mirror; an unreadable memory is none, and costs one question."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        said: dict[str, Any] = json.loads((folder / _FILE).read_bytes())
        at = datetime.fromisoformat(said["next_at"]) if said["next_at"] else None
        read: dict[str, Any] = {key: tuple(map(str, said[key])) for key in _LISTS}
        read |= {"next_at": at, "refresh": timedelta(seconds=said["refresh"])}
        if at is None or at.tzinfo:
            return Memory(**(said | read))
    return Memory()


def remember(folder: Path, memory: Memory) -> None:
    """Keep it for the next process."""
    said = asdict(memory)
    said["refresh"] = memory.refresh.total_seconds()
    said["next_at"] = memory.next_at.isoformat() if memory.next_at else None
    write_if_changed(folder / _FILE, (json.dumps(said, indent=1) + "\n").encode())
