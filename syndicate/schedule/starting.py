"""The start of a list: from here on, what arrives is owed to its readers."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from syndicate.audience.selection import carries
from syndicate.model.edition import START
from syndicate.model.post import ArrivalNumber, TrackedPost
from syndicate.settings.schema import ListSettings
from syndicate.store import editions, lists, posts, subscriptions
from syndicate.store.engine import reading


def start(engine: sa.Engine, list_settings: ListSettings, *, now: datetime) -> bool:
    """Start a list that hasn't; give whether it did. Call it after a pass has taken the baseline.

    Who is on it now is owed the newest ``start_with`` posts, by an edition that is due at once.
    """
    with reading(engine) as connection:
        if lists.start_arrival(connection, list_settings.name) is not None:
            return False
    with engine.begin() as connection:
        cursor = _served_up_to(connection, list_settings)
        if not lists.start(connection, list_settings.name, start_arrival=cursor, started_at=now):
            return False
        subscriptions.start(connection, list_settings.name, cursor=cursor)
        if list_settings.start_with:
            editions.create(
                connection,
                list_name=list_settings.name,
                cadence=list_settings.cadences[0].every,
                occurrence=START,
                due_at=now,
                at=now,
            )
    return True


def _served_up_to(connection: sa.Connection, list_settings: ListSettings) -> ArrivalNumber:
    highest = posts.highest_arrival(connection)
    if not list_settings.start_with:
        return highest
    arrived = posts.arrived_between(connection, after=ArrivalNumber(0), through=highest)
    return served_up_to(arrived, list_settings, highest=highest)


def served_up_to(
    arrived: Sequence[TrackedPost], list_settings: ListSettings, *, highest: ArrivalNumber
) -> ArrivalNumber:
    """Give the arrival after which exactly the newest ``start_with`` posts that the list carries come."""
    numbers = [each.arrival or 0 for each in arrived if carries(list_settings, each.post)]
    newest = numbers[-list_settings.start_with :] if list_settings.start_with else []
    return ArrivalNumber(newest[0] - 1 if newest else highest)
