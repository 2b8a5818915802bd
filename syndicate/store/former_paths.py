"""Where posts stood before they moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.post import PostId, TrackedPost
from syndicate.store.tables import former_path


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerPath:
    """A path that a post had, and when it was noticed that it has another."""

    post_id: PostId
    path: str
    left_at: datetime


def add(connection: sa.Connection, before: Iterable[TrackedPost], *, at: datetime) -> None:
    """Remember where these posts stood until now."""
    rows = [{"post_id": each.id, "path": each.post.path, "left_at": at} for each in before]
    if rows:
        connection.execute(sa.insert(former_path), rows)


def of_post(connection: sa.Connection, post_id: PostId) -> list[FormerPath]:
    """Give where a post stood before, the last place first."""
    return _found(connection, former_path.c.post_id == post_id)


def at_path(connection: sa.Connection, path: str) -> list[FormerPath]:
    """Give the posts that once stood at ``path``, the last one first."""
    return _found(connection, former_path.c.path == path)


def _found(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> list[FormerPath]:
    query = sa.select(former_path).where(condition).order_by(former_path.c.id.desc())
    return [
        FormerPath(post_id=PostId(row.post_id), path=row.path, left_at=row.left_at)
        for row in connection.execute(query)
    ]
