"""A list's next edition, made real ahead of its time so that an editor can shape it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from syndicate.errors import EditionError
from syndicate.model.cadence import Cadence, Every
from syndicate.model.edition import EXTRA, Edition, EditionState
from syndicate.schedule.approval import cut_off
from syndicate.schedule.calendar import instant, occurrence, walls
from syndicate.schedule.moving import existing
from syndicate.schedule.occurrences import next_made
from syndicate.settings.schema import ListSettings
from syndicate.store import editions, lists


def next_edition(
    connection: sa.Connection, list_settings: ListSettings, *, cadence: str | None = None, now: datetime
) -> Edition:
    """Give the list's next edition that collects; one that is only a point of the calendar becomes real.

    It does so in the caller's transaction, so that no edition stays of an order that fails. Its time comes as
    if nobody had asked. ``EditionError`` where the list hasn't started, where no edition
    is to come before a post does, or where ``cadence`` would have to say which of several is meant.
    """
    if lists.start_arrival(connection, list_settings.name) is None:
        raise EditionError(
            f'list "{list_settings.name}": it hasn\'t started; `syndicate run --once` starts it'
        )
    collecting = _collecting(connection, list_settings, cadence)
    timed = _meant(list_settings, cadence, collecting)
    if timed is None:
        return collecting[0]
    coming = _made(connection, list_settings, timed, now=now)
    return min([coming, *collecting], key=lambda each: (each.due_at, each.id))


def _collecting(
    connection: sa.Connection, list_settings: ListSettings, cadence: str | None
) -> Sequence[Edition]:
    return [
        each
        for each in editions.in_state(connection, (EditionState.COLLECTING,))
        if each.list_name == list_settings.name and cadence in {None, each.cadence}
    ]


def _meant(list_settings: ListSettings, cadence: str | None, collecting: Sequence[Edition]) -> Cadence | None:
    """Give the cadence whose next point may be meant; ``None`` where only an edition that is real can be."""
    name = list_settings.name
    timed = [each for each in list_settings.cadences if each.every is not Every.EACH]
    known = [*(str(each.every) for each in list_settings.cadences), EXTRA]
    if cadence is not None and cadence not in known:
        raise EditionError(f'list "{name}": it has no {cadence} editions; use one of {", ".join(known)}')
    fitting = [each for each in timed if cadence in {None, each.every}]
    if len(fitting) > 1:
        raise EditionError(
            f'list "{name}": it has {" and ".join(each.every for each in fitting)} editions; '
            f"say which with --cadence {fitting[0].every}, or give the edition's number"
        )
    if not fitting and not collecting:
        raise EditionError(
            f'list "{name}": none of its {cadence or Every.EACH} editions collects, and a post that arrives '
            f"goes out at once; `syndicate edition create {name} --at TIME` makes one that can be shaped"
        )
    return fitting[0] if fitting else None


def _made(
    connection: sa.Connection, list_settings: ListSettings, cadence: Cadence, *, now: datetime
) -> Edition:
    """Give the edition of the first point that isn't past collecting."""
    first = next_made(connection, list_settings, cadence, now=now)
    for wall in chain((first,), walls(cadence, after=first)):
        found = editions.at(connection, list_settings.name, cadence.every, occurrence(wall))
        if found is not None and found.state is not EditionState.COLLECTING:
            continue
        return found or _create(connection, list_settings, cadence, wall, now=now)
    raise AssertionError  # a calendar has no end


def _create(
    connection: sa.Connection,
    list_settings: ListSettings,
    cadence: Cadence,
    wall: datetime,
    *,
    now: datetime,
) -> Edition:
    due_at = instant(wall, list_settings.zone)
    facts = {"list_name": list_settings.name, "cadence": cadence.every, "occurrence": occurrence(wall)}
    made = editions.create(
        connection, **facts, due_at=due_at, cut_off_at=cut_off(list_settings, due_at), at=now
    )
    if made is None:
        raise EditionError(
            f'list "{list_settings.name}": somebody made the edition of {occurrence(wall)} just now; '
            "say it again"
        )
    return existing(connection, made)
