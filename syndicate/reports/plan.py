"""Every future send: when, what, and to how many."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from syndicate.audience.arranging import arranged
from syndicate.audience.reach import audience_of, survey
from syndicate.audience.selection import carries
from syndicate.model.cadence import Cadence, Every
from syndicate.model.edition import Edition, EditionState
from syndicate.model.post import PostId, PostState, TrackedPost
from syndicate.model.shaping import UNSHAPED, Shaping
from syndicate.schedule.calendar import instant, local, occurrence, walls
from syndicate.schedule.occurrences import next_made
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import deliveries, editions, lists, posts, shapings, subscriptions, variants
from syndicate.store.engine import reading
from syndicate.store.subscriptions import Audience

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
    #: What it would bring if nothing more arrived; what leads comes first.
    posts: tuple[TrackedPost, ...]
    #: To how many of the readers: those who are owed one of ``posts``.
    readers: int
    #: Everybody it could reach, if something arrives for them.
    audience: int
    #: What editors gave it.
    shaping: Shaping = UNSHAPED
    #: What they dropped from it; it goes with the next one.
    dropped: tuple[TrackedPost, ...] = ()


def plan(engine: sa.Engine, settings: Settings, *, until: datetime, now: datetime) -> list[Send]:
    """Give what will go out up to ``until``, in order of time; editions that wait for a person come first."""
    sends: list[Send] = []
    with reading(engine) as connection:
        for list_settings in settings.lists:
            real = _real(connection, list_settings)
            sends += real
            taken = {
                cadence: each.shaping.dropped for each in real for cadence in _taken(each, list_settings)
            }
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
        send_of(connection, list_settings, each) for each in found if each.list_name == list_settings.name
    ]


def send_of(connection: sa.Connection, list_settings: ListSettings, edition: Edition) -> Send:
    """Give what one edition that isn't over will bring, as things stand now."""
    audience = audience_of(list_settings, edition.cadence, occurrence=edition.occurrence)
    shaping = shapings.of(connection, edition.list_name, edition.id)
    if edition.state in {EditionState.COLLECTING, EditionState.MISSED} and edition.arrival_to is None:
        shown, readers = _owed_now(connection, list_settings, audience, shaping)
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
        shaping=shaping,
        dropped=tuple(posts.tracked(connection, sorted(shaping.dropped))),
    )


def _owed_now(
    connection: sa.Connection,
    list_settings: ListSettings,
    audience: Audience,
    shaping: Shaping,
    *,
    only: frozenset[PostId] | None = None,
) -> tuple[tuple[TrackedPost, ...], int]:
    if only == frozenset() or lists.start_arrival(connection, list_settings.name) is None:
        return (), 0
    highest = posts.highest_arrival(connection)
    reach = survey(connection, audience, list_settings, through=highest, shaping=shaping)
    gotten = {owed: frozenset(owed) if only is None else only.intersection(owed) for owed in reach.variants}
    ids = {each for got in gotten.values() for each in got}
    shown = arranged((reach.posts[each] for each in ids), order=list_settings.order, shaping=shaping)
    return shown, sum(count for owed, count in reach.variants.items() if gotten[owed])


def _upcoming(  # noqa: PLR0913 - a point of a calendar
    connection: sa.Connection,
    settings: Settings,
    list_settings: ListSettings,
    cadence: Cadence,
    *,
    until: datetime,
    now: datetime,
    taken: Mapping[str, frozenset[PostId]],
) -> Iterator[Send]:
    """Give the calendar's points; only the first one brings what is owed now.

    ``taken`` are the cadences for which an edition does, and what editors dropped from it.
    """
    audience = audience_of(list_settings, cadence.every)
    reached = subscriptions.reached(connection, audience)
    if cadence.every is Every.EACH:
        yield from _settling(connection, settings, list_settings, until=until, reached=reached)
        return
    unshaped, only = shapings.of(connection, list_settings.name, None), taken.get(cadence.every)
    shown, readers = _owed_now(connection, list_settings, audience, unshaped, only=only)
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
    """Give the points up to ``until`` that have no edition yet, whatever became of one."""
    first = next_made(connection, list_settings, cadence, now=now)
    real = editions.occurrences(connection, list_settings.name, cadence.every)
    for wall in chain((first,), walls(cadence, after=first)):
        if instant(wall, list_settings.zone) > until:
            return
        if occurrence(wall) not in real:
            yield wall


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
