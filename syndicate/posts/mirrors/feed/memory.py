"""What is remembered from one question to the next: validators, the next time, what went wrong."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from syndicate.files import write_if_changed

_FILE = ".polling.json"
_LISTS = ("warnings", "shown", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Where the polling of a feed stands."""

    #: What was asked for, and under which settings; with others it is asked at once.
    asked: str = ""
    etag: str = ""
    last_modified: str = ""
    next_at: datetime | None = None
    #: In a row.
    failures: int = 0
    #: Told in every pass until it is mended.
    problem: str = ""
    warnings: tuple[str, ...] = ()
    #: Ids of the feed's last reading, in its order; and those that were taken back in it.
    shown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def recall(folder: Path) -> Memory:
    """Give what is remembered in this mirror; an unreadable memory is none, and costs one question."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        said: dict[str, Any] = json.loads((folder / _FILE).read_bytes())
        at = datetime.fromisoformat(said["next_at"]) if said["next_at"] else None
        lists: dict[str, Any] = {key: tuple(map(str, said[key])) for key in _LISTS}
        if at is None or at.tzinfo:
            return Memory(**{**said, **lists, "next_at": at})
    return Memory()


def remember(folder: Path, memory: Memory) -> None:
    """Keep it for the next process."""
    said = asdict(memory)
    said["next_at"] = memory.next_at.isoformat() if memory.next_at else None
    write_if_changed(folder / _FILE, (json.dumps(said, indent=1) + "\n").encode())
