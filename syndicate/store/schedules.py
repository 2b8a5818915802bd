"""The next point of each list's calendars."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.model.post import ArrivalNumber
from syndicate.store.engine import upsert
from syndicate.store.tables import schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where one cadence of a list stands."""

    list_name: str
    cadence: str
    #: The cadence and zone in words; when they change, the point is set anew.
    spec: str
    #: Wall time "2026-10-25T02:30"; ``None`` for ``each``, as is ``next_at``.
    next_wall: str | None = None
    next_at: datetime | None = None
    #: For ``each``: arrivals up to this number have their edition.
    through: ArrivalNumber | None = None


def get(connection: sa.Connection, list_name: str, cadence: str) -> Point | None:
    """Give where a cadence stands; ``None`` for one that was never seen."""
    return _point(connection, _query(list_name, cadence))


def lock(connection: sa.Connection, list_name: str, cadence: str) -> Point | None:
    """Give the same, and keep other schedulers from it before the transaction ends."""
    return _point(connection, _query(list_name, cadence).with_for_update())


def _query(list_name: str, cadence: str) -> sa.Select[Any]:
    return sa.select(schedule).where(schedule.c.list == list_name, schedule.c.cadence == cadence)


def _point(connection: sa.Connection, query: sa.Select[Any]) -> Point | None:
    row = connection.execute(query).first()
    if row is None:
        return None
    return Point(
        list_name=row.list,
        cadence=row.cadence,
        spec=row.spec,
        next_wall=row.next_wall,
        next_at=row.next_at,
        through=None if row.through is None else ArrivalNumber(row.through),
    )


def put(connection: sa.Connection, point: Point) -> None:
    """Write where a cadence stands now."""
    row = {
        "list": point.list_name,
        "cadence": point.cadence,
        "spec": point.spec,
        "next_wall": point.next_wall,
        "next_at": point.next_at,
        "through": point.through,
    }
    connection.execute(upsert(connection, schedule), row)
