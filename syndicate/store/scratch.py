"""A throwaway copy of what the store knows of posts, to ask what the next pass would see."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from syndicate.settings.schema import Settings
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.opening import open_store, store_path
from syndicate.store.tables import file, meta, metadata, post

_COPIED = (meta, file, post)


@contextmanager
def scratch(settings: Settings, *, site_key: str, folder: str = "") -> Iterator[sa.Engine]:
    """Give a store that forgets: it begins as a copy of the real one, or empty where there is none."""
    with TemporaryDirectory(prefix="syndicate-") as place:
        engine = connect(sqlite_url(Path(place) / "scratch.db"))
        try:
            metadata.create_all(engine)
            if settings.store.url or settings.store.url_file or store_path(settings.outbox).exists():
                _copy(open_store(settings, site_key=site_key, folder=folder), engine)
            yield engine
        finally:
            engine.dispose()


def _copy(real: sa.Engine, target: sa.Engine) -> None:
    try:
        with reading(real) as source, target.begin() as connection:
            for table in _COPIED:
                rows = [dict(row._mapping) for row in source.execute(sa.select(table))]  # noqa: SLF001 - SQLAlchemy's documented way
                if rows:
                    connection.execute(sa.insert(table), rows)
    finally:
        real.dispose()
