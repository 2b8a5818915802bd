"""What each post drew on when it was last read, as the store remembers it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import sqlalchemy as sa

from syndicate.model.post import Post, Reading
from syndicate.posts.drawing import Drawings, look_of
from syndicate.store import meta

_KEY = "posts.draws_on"


def remembered(connection: sa.Connection) -> Drawings:
    """Give what each post drew on when it was last read."""
    kept = meta.read(connection, _KEY)
    drawings: Drawings = json.loads(kept) if kept else {}
    return drawings


def remember(
    connection: sa.Connection, *, readings: Mapping[str, Reading], root: Path, gone: Iterable[str]
) -> None:
    """Write what the posts of ``readings`` draw on, as it looks now; the others' stays."""
    before = remembered(connection)
    left = {*readings, *gone}
    stays = {path: draws for path, draws in before.items() if path not in left}
    looks: dict[str, str] = {}
    for path, reading in readings.items():
        if isinstance(reading, Post) and reading.draws_on:
            stays[path] = {each: looks.setdefault(each, look_of(root, each)) for each in reading.draws_on}
    if stays != before:
        meta.write(
            connection, _KEY, json.dumps(stays, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
        )
