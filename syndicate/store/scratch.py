"""A throwaway copy of what the store knows of posts, to ask what the next pass would see."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from syndicate.settings.schema import Settings
from syndicate.store.backups import back_up
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.opening import look_into, migrate
from syndicate.store.tables import file, meta, metadata, post

_COPIED = (meta, file, post)
_NAME = "scratch.db"


@contextmanager
def blank(place: Path) -> Iterator[sa.Engine]:
    """Give an empty store in the folder ``place``, which nobody will miss: it waits for no disk."""
    engine = connect(sqlite_url(place / _NAME))
    event.listen(engine, "connect", _hurry)
    try:
        metadata.create_all(engine)
        yield engine
    finally:
        engine.dispose()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def scratch(settings: Settings, *, site_key: str, folder: str = "") -> Iterator[sa.Engine]:
    """Give a store that forgets: it begins as a copy of the real one, or empty where there is none."""
    with TemporaryDirectory(prefix="syndicate-") as place:
        engine = connect(sqlite_url(Path(place) / _NAME))
        try:
            metadata.create_all(engine)
            with look_into(settings, site_key=site_key, folder=folder) as real:
                if real is not None:
                    _copy(real, engine)
            yield engine
        finally:
            engine.dispose()


@contextmanager
def duplicate(settings: Settings, *, site_key: str, folder: str = "") -> Iterator[sa.Engine]:
    """Give a copy of the whole store, readers and deliveries too, that forgets; empty where there is none.

    Only its owner can read it, and it is gone with the block.
    """
    with TemporaryDirectory(prefix="syndicate-") as place:
        with look_into(settings, site_key=site_key, folder=folder) as real:
            if real is not None:
                back_up(real, Path(place) / _NAME)
        there = (Path(place) / _NAME).exists()
        with blank(Path(place)) as engine:
            if there:  # it may be of an older schema
                with engine.begin() as connection:
                    migrate(connection)
            yield engine


def _copy(real: sa.Engine, target: sa.Engine) -> None:
    with reading(real) as source, target.begin() as connection:
        for table in _COPIED:
            rows = [dict(row._mapping) for row in source.execute(_all_of(table, source))]  # noqa: SLF001 - SQLAlchemy's documented way
            if rows:
                connection.execute(sa.insert(table), rows)


def _all_of(table: sa.Table, source: sa.Connection) -> sa.Select[Any]:
    """Give every row, by the columns that a store of an older schema has."""
    there = {column["name"] for column in sa.inspect(source).get_columns(table.name)}
    return sa.select(*(column for column in table.columns if column.name in there))
