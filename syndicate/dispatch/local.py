"""The local dispatcher: one process freezes and sends whatever is due, one edition after the other."""

import os
import socket
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from syndicate.dispatch.admitting import admit
from syndicate.dispatch.delivering import Hands, deliver
from syndicate.dispatch.freezing import Render, freeze
from syndicate.dispatch.sender import sender
from syndicate.errors import SyndicateError
from syndicate.model.edition import Edition, EditionState
from syndicate.settings.schema import Settings
from syndicate.store import editions
from syndicate.store.engine import reading
from syndicate.transports import open_transport
from syndicate.transports.transport import Transport

#: Told the edition, the stage ("freezing", "sending"), and how many of how many readers are done.
Progress = Callable[[Edition, str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """What was done to editions that were due."""

    #: Each as it stands now.
    editions: tuple[Edition, ...]
    #: What stopped single editions; the others went on.
    problems: tuple[SyndicateError, ...]
    #: What an editor should see, and what stopped nobody.
    warnings: tuple[str, ...] = ()


def freeze_due(
    engine: sa.Engine,
    settings: Settings,
    *,
    render: Render,
    now: datetime,
    progress: Progress = lambda _edition, _stage, _done, _all: None,
) -> Dispatched:
    """Freeze every edition whose cut-off has come, the earliest first.

    Editions of a list that is no longer configured are left as they are.
    """
    with reading(engine) as connection:
        due = editions.due(connection, (EditionState.COLLECTING, EditionState.FREEZING), now=now)
    return _each(
        _configured(due, settings),
        lambda edition: freeze(
            engine,
            edition,
            settings=settings,
            render=render,
            now=now,
            progress=partial(progress, edition, "freezing"),
        ),
    )


def deliver_due(
    engine: sa.Engine,
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _edition, _stage, _done, _all: None,
) -> Dispatched:
    """Send every edition whose time has come, the earliest first.

    Once ``stopping`` says yes, what is under way is settled and the rest is left for the next pass.
    """
    with reading(engine) as connection:
        due = editions.due(connection, (EditionState.SCHEDULED, EditionState.SENDING), now=clock())
    admitted = admit(engine, settings, list(_configured(due, settings)))
    done = Dispatched(editions=(), problems=())
    if admitted.editions:
        done = _delivered(
            engine, settings, admitted.editions, clock=clock, stopping=stopping, progress=progress
        )
    return replace(done, problems=(*admitted.problems, *done.problems), warnings=admitted.warnings)


def _delivered(  # noqa: PLR0913 - as deliver_due()
    engine: sa.Engine,
    settings: Settings,
    due: Iterable[Edition],
    *,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
    progress: Progress,
) -> Dispatched:
    try:
        hands = replace(local_hands(settings, clock=clock), stopping=stopping)
    except SyndicateError as error:  # a key that is gone: nothing leaves, and all else of a pass goes on
        return Dispatched(editions=(), problems=(error,))
    late_after = {each.name: each.late_after for each in settings.lists}
    with closing(hands.transport):
        return _each(
            due,
            lambda edition: deliver(
                engine,
                edition,
                hands=hands,
                late_after=late_after[edition.list_name],
                progress=partial(progress, edition, "sending"),
            ),
        )


def _configured(due: Iterable[Edition], settings: Settings) -> Iterator[Edition]:
    names = {each.name for each in settings.lists}
    return (each for each in due if each.list_name in names)


def _each(due: Iterable[Edition], step: Callable[[Edition], Edition]) -> Dispatched:
    done: list[Edition] = []
    problems: list[SyndicateError] = []
    for edition in due:
        try:
            done.append(step(edition))
        except SyndicateError as error:
            problems.append(error)
    return Dispatched(editions=tuple(done), problems=tuple(problems))


def local_hands(settings: Settings, *, clock: Callable[[], datetime]) -> Hands:
    """Give what this process delivers with, as the settings say."""
    ours = sender(settings)
    transport = open_transport(settings)
    return Hands(
        transport=transport,
        sender=ours,
        owner=f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}",
        group=_group(settings, transport),
        # Who holds the lock on the outbox is alone with an embedded store: every old claim is a dead one's.
        lease=settings.dispatch.lease if settings.store.url else None,
        resend=settings.dispatch.uncertain == "resend",
        expire_after=settings.dispatch.expire_after,
        clock=clock,
    )


def _group(settings: Settings, transport: Transport) -> int:
    """Give how many messages may be claimed at a time: one on each connection, and the next one for it."""
    if transport.capacity is None:
        return settings.dispatch.group
    return min(settings.dispatch.group, 2 * transport.capacity)
