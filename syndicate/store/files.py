"""The site's files as they were last read."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.packing import packed
from syndicate.store.engine import upsert
from syndicate.store.tables import file


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


_COLUMNS = tuple(each.name for each in fields(SeenFile))


def every(connection: sa.Connection) -> dict[str, SeenFile]:
    """Give all files by path."""
    # By position: a pass without changes does little else.
    rows = connection.execute(sa.select(*(file.c[name] for name in _COLUMNS))).all()
    return {row[0]: SeenFile(**dict(zip(_COLUMNS, row, strict=True))) for row in rows}


def at_path(connection: sa.Connection, path: str) -> SeenFile | None:
    """Give what is known of one file, or ``None``."""
    row = connection.execute(sa.select(file).where(file.c.path == path)).one_or_none()
    return SeenFile(**row._mapping) if row else None  # noqa: SLF001 - as above


def next_until(connection: sa.Connection, *, after: datetime) -> datetime | None:
    """Give when time alone changes the next outcome."""
    found: datetime | None = connection.scalar(
        sa.select(sa.func.min(file.c.until)).where(file.c.until > after)
    )
    return found


def remember(connection: sa.Connection, files: Iterable[SeenFile]) -> None:
    """Write what each file is now."""
    # Not asdict, which looks into every value for more to take apart: a cold pass writes every file.
    rows = [{name: getattr(seen, name) for name in _COLUMNS} for seen in files]
    if rows:
        connection.execute(upsert(connection, file), rows)


def forget(connection: sa.Connection, paths: Iterable[str]) -> None:
    """Drop files that are no longer there."""
    rows = [{"gone": path} for path in paths]
    if rows:
        connection.execute(sa.delete(file).where(file.c.path == sa.bindparam("gone")), rows)
