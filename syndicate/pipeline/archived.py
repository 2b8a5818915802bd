"""How the archives of this outbox were left: beside what the feeds were, and read only when there is work."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from syndicate.feeds.standing import Archived
from syndicate.files import write_if_changed
from syndicate.model.post import PostId
from syndicate.settings.schema import FeedSettings

_ARCHIVED = ".archived"


def recalled(outbox: Path, feeds: Iterable[FeedSettings]) -> Mapping[str, Archived]:
    """Give how each feed's archive was left; nothing where that is unknown, for then all is looked at."""
    if not any(feed.archives for feed in feeds):
        return {}
    try:
        left = json.loads((outbox / _ARCHIVED).read_bytes())
        return {name: _archived(said) for name, said in left.items()}
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}


def remember(outbox: Path, archives: Mapping[str, Archived]) -> None:
    """Write down how they are left now."""
    if archives or (outbox / _ARCHIVED).exists():
        said = {name: asdict(each) for name, each in archives.items()}
        write_if_changed(outbox / _ARCHIVED, json.dumps(said, indent=1).encode())


def _archived(said: Mapping[str, Mapping[str, str] | list[int]]) -> Archived:
    beginnings, marks = said["beginnings"], said["marks"]
    if not isinstance(marks, Mapping):
        raise TypeError("marks")
    return Archived(
        beginnings=tuple(sorted(PostId(int(each)) for each in beginnings)),
        marks={int(number): str(mark) for number, mark in marks.items()},
    )
