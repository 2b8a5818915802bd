"""Occurrences made real, each once, however many schedulers look."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from syndicate.audience.selection import carries
from syndicate.model.cadence import Cadence, Every
from syndicate.model.edition import EditionId
from syndicate.model.post import ArrivalNumber
from syndicate.schedule.approval import cut_off
from syndicate.schedule.calendar import first_after, instant, next_wall, occurrence, wall_of, walls
from syndicate.settings.schema import ListSettings
from syndicate.store import editions, lists, posts, schedules
from syndicate.store.engine import reading
from syndicate.store.schedules import Point


def materialise(engine: sa.Engine, all_lists: Iterable[ListSettings], *, now: datetime) -> list[EditionId]:
    """Make an edition of every occurrence that has become due; give those that are new.

    Of several that were missed while nothing ran, only the last is made: its posts hold the others'.
    Lists that haven't started have none.
    """
    made: list[EditionId] = []
    for list_settings in all_lists:
        for cadence in list_settings.cadences:
            if _due(engine, list_settings, cadence, now=now):
                with engine.begin() as connection:
                    made.extend(_advance(connection, list_settings, cadence, now=now))
    return made


def _due(engine: sa.Engine, list_settings: ListSettings, cadence: Cadence, *, now: datetime) -> bool:
    """Give whether there is something to write: a pass with nothing to do takes no write lock."""
    with reading(engine) as connection:
        if lists.start_arrival(connection, list_settings.name) is None:
            return False
        point = schedules.get(connection, list_settings.name, cadence.every)
        if point is None or point.spec != spec(cadence, list_settings.zone):
            return True
        if cadence.every is Every.EACH:
            return (point.through or 0) < posts.highest_arrival(connection)
    return _cut(point, list_settings, now=now)


def _cut(point: Point, list_settings: ListSettings, *, now: datetime) -> bool:
    """Give whether the next edition has to be there by now: it is due, or has to be put together."""
    return point.next_at is not None and cut_off(list_settings, point.next_at) <= now


def _advance(
    connection: sa.Connection, list_settings: ListSettings, cadence: Cadence, *, now: datetime
) -> Iterator[EditionId]:
    point = schedules.lock(connection, list_settings.name, cadence.every)
    if point is None or point.spec != spec(cadence, list_settings.zone):
        schedules.put(connection, _first_point(connection, list_settings, cadence, now=now))
    elif cadence.every is Every.EACH:
        yield from _each(connection, list_settings, point, now=now)
    elif _cut(point, list_settings, now=now):
        yield from _last_due(connection, list_settings, cadence, point, now=now)


def _first_point(
    connection: sa.Connection, list_settings: ListSettings, cadence: Cadence, *, now: datetime
) -> Point:
    words = spec(cadence, list_settings.zone)
    if cadence.every is Every.EACH:
        through = posts.highest_arrival(connection)
        return Point(list_name=list_settings.name, cadence=cadence.every, spec=words, through=through)
    point = Point(list_name=list_settings.name, cadence=cadence.every, spec=words)
    return _at(point, first_after(cadence, list_settings.zone, now), list_settings.zone)


def _last_due(
    connection: sa.Connection,
    list_settings: ListSettings,
    cadence: Cadence,
    point: Point,
    *,
    now: datetime,
) -> Iterator[EditionId]:
    wall = last_cut(cadence, list_settings, wall_of(point.next_wall or ""), now=now)
    schedules.put(connection, _at(point, next_wall(cadence, wall), list_settings.zone))
    due_at = instant(wall, list_settings.zone)
    made = editions.create(
        connection,
        list_name=list_settings.name,
        cadence=cadence.every,
        occurrence=occurrence(wall),
        due_at=due_at,
        cut_off_at=cut_off(list_settings, due_at),
        at=now,
    )
    if made is not None:
        yield made


def last_cut(cadence: Cadence, list_settings: ListSettings, first: datetime, *, now: datetime) -> datetime:
    """Give the last local time from ``first`` on whose edition has to be there by now; else ``first``."""
    for wall in walls(cadence, after=first):
        if cut_off(list_settings, instant(wall, list_settings.zone)) > now:
            return first
        first = wall
    return first


def next_made(
    connection: sa.Connection, list_settings: ListSettings, cadence: Cadence, *, now: datetime
) -> datetime:
    """Give the local time whose edition the next pass makes first: of those that were missed, the last."""
    point = schedules.get(connection, list_settings.name, cadence.every)
    if point is None or point.next_wall is None or point.spec != spec(cadence, list_settings.zone):
        return first_after(cadence, list_settings.zone, now)
    return last_cut(cadence, list_settings, wall_of(point.next_wall), now=now)


def _each(
    connection: sa.Connection, list_settings: ListSettings, point: Point, *, now: datetime
) -> Iterator[EditionId]:
    highest = posts.highest_arrival(connection)
    after = point.through or ArrivalNumber(0)
    schedules.put(connection, replace(point, through=highest))
    for arrived in posts.arrived_between(connection, after=after, through=highest):
        if not carries(list_settings, arrived.post):
            continue
        made = editions.create(
            connection,
            list_name=list_settings.name,
            cadence=Every.EACH,
            occurrence=str(arrived.id),
            due_at=now,
            at=now,
        )
        if made is not None:
            yield made


def spec(cadence: Cadence, zone: str) -> str:
    """Give a cadence with its zone in words; another spec is another calendar."""
    return str(cadence) if cadence.every is Every.EACH else f"{cadence}, {zone}"


def _at(point: Point, wall: datetime, zone: str) -> Point:
    return replace(point, next_wall=occurrence(wall), next_at=instant(wall, zone))
