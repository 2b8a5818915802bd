"""The site's files as they were last read."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.seen_file import SeenFile
from syndicate.store.bulk import insert_all
from syndicate.store.engine import upsert
from syndicate.store.tables import file

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
    insert_all(connection, upsert(connection, file), rows)


def forget(connection: sa.Connection, paths: Iterable[str]) -> None:
    """Drop files that are no longer there."""
    rows = [{"gone": path} for path in paths]
    if rows:
        connection.execute(sa.delete(file).where(file.c.path == sa.bindparam("gone")), rows)
