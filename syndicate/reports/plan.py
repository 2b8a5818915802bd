"""Every future send: when, what, and to how many."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from syndicate.audience.reach import audience_of, survey
from syndicate.audience.selection import carries
from syndicate.model.cadence import Cadence, Every
from syndicate.model.edition import Edition, EditionState
from syndicate.model.post import PostState, TrackedPost
from syndicate.schedule.calendar import first_after, instant, local, occurrence, wall_of, walls
from syndicate.schedule.occurrences import last_cut, spec
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import deliveries, editions, lists, posts, schedules, subscriptions, variants
from syndicate.store.engine import reading

#: Editions that are real and not yet over.
_AHEAD = (
    EditionState.COLLECTING,
    EditionState.FREEZING,
    EditionState.FROZEN,
    EditionState.SCHEDULED,
    EditionState.SENDING,
    EditionState.PAUSED,
    EditionState.MISSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """One future send as things stand now."""

    at: datetime
    #: What the list's wall clock will show, naive.
    wall: datetime
    zone: str
    list_name: str
    cadence: str
    occurrence: str
    #: ``None`` while it is only a point of the calendar.
    edition: Edition | None
    #: What it would bring if nothing more arrived, newest first.
    posts: tuple[TrackedPost, ...]
    #: To how many of the readers: those who are owed one of ``posts``.
    readers: int
    #: Everybody it could reach, if something arrives for them.
    audience: int


def plan(engine: sa.Engine, settings: Settings, *, until: datetime, now: datetime) -> list[Send]:
    """Give what will go out up to ``until``, in order of time; editions that wait for a person come first."""
    sends: list[Send] = []
    with reading(engine) as connection:
        for list_settings in settings.lists:
            real = _real(connection, list_settings)
            sends += real
            taken = {cadence for each in real for cadence in _taken(each, list_settings)}
            for cadence in list_settings.cadences:
                sends += _upcoming(
                    connection, settings, list_settings, cadence, until=until, now=now, taken=taken
                )
    return sorted(sends, key=lambda each: (each.at, each.list_name, each.cadence))


def _taken(send: Send, list_settings: ListSettings) -> set[str]:
    """Give the cadences whose readers get what they are owed now by an edition that isn't frozen yet."""
    if send.edition is None or send.edition.arrival_to is not None or not send.posts:
        return set()
    return {each.every for each in list_settings.cadences} if send.edition.for_everybody else {send.cadence}


def _real(connection: sa.Connection, list_settings: ListSettings) -> list[Send]:
    found = editions.in_state(connection, _AHEAD)
    return [
        _edition(connection, list_settings, each) for each in found if each.list_name == list_settings.name
    ]


def _edition(connection: sa.Connection, list_settings: ListSettings, edition: Edition) -> Send:
    audience = audience_of(list_settings, edition.cadence, occurrence=edition.occurrence)
    if edition.state in {EditionState.COLLECTING, EditionState.MISSED} and edition.arrival_to is None:
        shown, readers = _owed_now(connection, list_settings, edition.cadence, edition.occurrence)
    else:
        fixed = variants.of_edition(connection, edition.id)
        ids = dict.fromkeys(each for variant in fixed for each in variant.post_ids)
        shown = tuple(posts.tracked(connection, ids))
        readers = sum(deliveries.counts(connection, edition.id).values())
    return Send(
        at=edition.due_at,
        wall=local(edition.due_at, list_settings.zone),
        zone=list_settings.zone,
        list_name=list_settings.name,
        cadence=edition.cadence,
        occurrence=edition.occurrence,
        edition=edition,
        posts=shown,
        readers=readers,
        audience=subscriptions.reached(connection, audience),
    )


def _owed_now(
    connection: sa.Connection, list_settings: ListSettings, cadence: str, occasion: str
) -> tuple[tuple[TrackedPost, ...], int]:
    if lists.start_arrival(connection, list_settings.name) is None:
        return (), 0
    audience = audience_of(list_settings, cadence, occurrence=occasion)
    highest = posts.highest_arrival(connection)
    reach = survey(connection, audience, list_settings, through=highest)
    ids = {each for owed in reach.variants for each in owed}
    shown = sorted(
        (reach.posts[each] for each in ids),
        key=lambda each: (-each.post.published.timestamp(), each.post.path),
    )
    return tuple(shown), reach.variants.total()


def _upcoming(  # noqa: PLR0913 - a point of a calendar
    connection: sa.Connection,
    settings: Settings,
    list_settings: ListSettings,
    cadence: Cadence,
    *,
    until: datetime,
    now: datetime,
    taken: set[str],
) -> Iterator[Send]:
    """Give the calendar's points; only the first one brings what is owed now, unless an edition does."""
    audience = audience_of(list_settings, cadence.every)
    reached = subscriptions.reached(connection, audience)
    if cadence.every is Every.EACH:
        yield from _settling(connection, settings, list_settings, until=until, reached=reached)
        return
    shown: tuple[TrackedPost, ...] = ()
    readers = 0
    if cadence.every not in taken:
        shown, readers = _owed_now(connection, list_settings, cadence.every, "")
    for wall in _walls(connection, list_settings, cadence, until=until, now=now):
        yield Send(
            at=instant(wall, list_settings.zone),
            wall=wall,
            zone=list_settings.zone,
            list_name=list_settings.name,
            cadence=cadence.every,
            occurrence=occurrence(wall),
            edition=None,
            posts=shown,
            readers=readers,
            audience=reached,
        )
        shown, readers = (), 0


def _walls(
    connection: sa.Connection,
    list_settings: ListSettings,
    cadence: Cadence,
    *,
    until: datetime,
    now: datetime,
) -> Iterator[datetime]:
    first = _first_wall(connection, list_settings, cadence, now=now)
    for wall in chain((first,), walls(cadence, after=first)):
        if instant(wall, list_settings.zone) > until:
            return
        yield wall


def _first_wall(
    connection: sa.Connection, list_settings: ListSettings, cadence: Cadence, *, now: datetime
) -> datetime:
    """Give what the next pass makes first: of points that were missed, only the last is made."""
    point = schedules.get(connection, list_settings.name, cadence.every)
    if point is None or point.next_wall is None or point.spec != spec(cadence, list_settings.zone):
        return first_after(cadence, list_settings.zone, now)
    return last_cut(cadence, list_settings, wall_of(point.next_wall), now=now)


def _settling(
    connection: sa.Connection,
    settings: Settings,
    list_settings: ListSettings,
    *,
    until: datetime,
    reached: int,
) -> Iterator[Send]:
    for waiting in posts.in_state(connection, PostState.SETTLING):
        at = waiting.changed_at + settings.posts.settle
        if at <= until and carries(list_settings, waiting.post):
            yield Send(
                at=at,
                wall=local(at, list_settings.zone),
                zone=list_settings.zone,
                list_name=list_settings.name,
                cadence=Every.EACH,
                occurrence=str(waiting.id),
                edition=None,
                posts=(waiting,),
                readers=reached,
                audience=reached,
            )
