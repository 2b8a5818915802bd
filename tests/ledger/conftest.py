"""Founding the worlds that a ledger is tried in."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from syndicate.model.cadence import Cadence, Every
from syndicate.store import copies, holding, meta
from syndicate.store.engine import connect, sqlite_url
from syndicate.store.tables import metadata
from tests.ledger.world import World

CADENCES = (
    Cadence(every=Every.WEEKLY, on="mon"),
    Cadence(every=Every.DAILY),
    Cadence(every=Every.EACH),
)
#: A store that begins anew keeps who it is and which schema it has.
_KEPT = ("meta",)


@pytest.fixture
def found(river: Any, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], World]:
    """Give a function that founds a new world each time, on either kind of store."""
    river.configure(cadences=CADENCES, start_with=1)
    if river.engine.dialect.name == "sqlite":
        return _on_sqlite(river, request.getfixturevalue("sqlite_template"), tmp_path)
    return _on_postgresql(river, tmp_path)


def _on_sqlite(river: Any, template: Path, tmp_path: Path) -> Callable[[], World]:
    numbers = count(1)

    def give() -> World:
        folder = tmp_path / f"world{next(numbers)}"
        folder.mkdir()
        path = shutil.copy(template, folder / "syndicate.db")
        engine = connect(sqlite_url(path))
        sa.event.listen(engine, "connect", lambda opened, _: opened.execute("PRAGMA synchronous=OFF"))
        settings = replace(river.settings, outbox=folder)

        def end() -> None:
            engine.dispose()
            shutil.rmtree(folder)

        with engine.begin() as connection:
            meta.remove(connection, "place")
        assert copies.look(engine, folder, now=river.now) is None  # from here on it knows where it is
        return World(replace(river, engine=engine, settings=settings), end=end)

    return give


def _on_postgresql(river: Any, tmp_path: Path) -> Callable[[], World]:
    numbers = count(1)

    def give() -> World:
        with river.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table.name not in _KEPT:
                    connection.execute(sa.delete(table))
            holding.release(connection, who="eve", at=river.now, answered=True)
        settings = replace(river.settings, outbox=tmp_path / f"world{next(numbers)}")
        return World(replace(river, settings=settings))

    return give
