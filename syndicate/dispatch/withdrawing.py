"""Taking an edition back: what was not sent is owed again, or dropped for good where an editor says so.

The state moves first, so that nothing more is claimed; deliveries and cursors follow in chunks, each of which
is done or not. ``finish`` does what a crash left undone.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from syndicate.audience.owed import Owed
from syndicate.audience.reach import audience_of, set_aside, standings
from syndicate.dispatch.claims import INTERRUPTED
from syndicate.dispatch.freezing import arrival_to
from syndicate.errors import EditionError
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.post import ArrivalNumber
from syndicate.model.subscriber import SubscriptionState
from syndicate.schedule.moving import existing, order
from syndicate.settings.schema import ListSettings
from syndicate.store import carrying, deliveries, editions, freezes, shapings, subscriptions
from syndicate.store.deliveries import Settlement
from syndicate.store.engine import reading
from syndicate.store.subscriptions import Audience

#: Rows changed at a time: a few hundredths of a second.
CHUNK = 250


def cancel(engine: sa.Engine, edition_id: EditionId, *, who: str, why: str, now: datetime) -> Edition:
    """Take a frozen, scheduled, half-sent or paused edition back, for good.

    Who wasn't written to is owed its posts again. What is being handed over in this moment is settled.
    """
    with engine.begin() as connection:
        edition = existing(connection, edition_id)
        if edition.state is EditionState.COLLECTING:
            raise EditionError(
                f"edition {edition_id}: it isn't put together yet; `syndicate edition skip {edition_id}`"
            )
        edition = order(connection, edition, EditionState.CANCELLED, who=who, why=why, now=now)
    _close(engine, edition, now=now)
    return edition


def skip(  # noqa: PLR0913 - an edition, its list, a choice, and who, when and why
    engine: sa.Engine,
    edition_id: EditionId,
    *,
    list_settings: ListSettings,
    drop: bool,
    who: str,
    why: str,
    now: datetime,
) -> Edition:
    """Let an edition that collects or was missed not go out.

    Its posts go with the next one; with ``drop``, what it would have brought now is owed to nobody any more.
    """
    with engine.begin() as connection:
        edition = existing(connection, edition_id)
        columns = _to_drop(connection, edition) if drop and edition.arrival_to is None else {}
        edition = order(
            connection, edition, EditionState.SKIPPED, who=who, why=why, now=now, dropped=drop, **columns
        )
    _undo(engine, edition, list_settings, now=now)
    return edition


def finish(
    engine: sa.Engine, all_lists: tuple[ListSettings, ...], *, lease: timedelta | None, now: datetime
) -> None:
    """Finish what a crash left undone of cancelled and skipped editions; call it before anything is frozen.

    What a dead process was handing over is uncertain. ``lease`` as in ``dispatch.delivering.Hands``.
    """
    with reading(engine) as connection:
        undone = editions.undone(connection)
    for edition in undone:
        found = [each for each in all_lists if each.name == edition.list_name]
        for list_settings in found:
            _undo(engine, edition, list_settings, now=now)
        if not found:
            _close(engine, edition, now=now)
        _doubt(engine, edition, before=None if lease is None else now - lease, now=now)


def _to_drop(connection: sa.Connection, edition: Edition) -> dict[str, int]:
    """Give what a drop covers: posts up to an arrival, for readers up to a subscription."""
    return {
        "arrival_to": arrival_to(connection, edition),
        "audience_to": subscriptions.highest_id(connection),
        "frozen_through": 0,
    }


def _undo(engine: sa.Engine, edition: Edition, list_settings: ListSettings, *, now: datetime) -> None:
    _close(engine, edition, now=now)
    if edition.dropped:
        _serve(engine, edition, list_settings, now=now)


def _close(engine: sa.Engine, edition: Edition, *, now: datetime) -> None:
    """Withdraw what waits, so that it is owed again unless it is dropped."""
    with reading(engine) as connection:
        reply = _words(connection, edition)
    withdrawn = CHUNK
    while withdrawn:
        with engine.begin() as connection:
            withdrawn = deliveries.withdraw(
                connection, edition.id, dropped=edition.dropped, reply=reply, at=now, limit=CHUNK
            )


def _serve(engine: sa.Engine, edition: Edition, list_settings: ListSettings, *, now: datetime) -> None:
    """Count the dropped posts as served, also for readers who pause; where there was a freeze, it did so.

    What an editor had left for the next edition stays owed.
    """
    audience = audience_of(list_settings, edition.cadence, occurrence=edition.occurrence)
    audience = replace(audience, states=(SubscriptionState.CONFIRMED, SubscriptionState.PAUSED))
    with reading(engine) as connection:
        shaping = shapings.of(connection, edition.list_name, edition.id)
        through = edition.arrival_to or ArrivalNumber(0)
        aside = set_aside(connection, list_settings, through=through, shaping=shaping)
    going = True
    while going:
        with engine.begin() as connection:
            going = _serve_chunk(connection, edition, audience, aside, now=now)


def _serve_chunk(
    connection: sa.Connection, edition: Edition, audience: Audience, aside: Owed, *, now: datetime
) -> bool:
    _, through, audience_to, after = freezes.point(connection, edition.id)
    page = subscriptions.lock_cursors(connection, audience, after=after, through=audience_to, limit=CHUNK)
    ids = [each.id for each in page]
    if ids:
        left = [
            {"subscription_id": each.subscription_id, "post_id": post_id, "edition_id": edition.id, "at": now}
            for each in standings(connection, audience.list_name, page)
            for post_id in aside.due(each).carried
        ]
        subscriptions.advance(connection, ids, to=through, at=now)
        deliveries.drop_withdrawn(connection, ids)
        carrying.drop(connection, ids)
        carrying.carry(connection, left)
    freezes.reached(connection, edition.id, ids[-1] if ids else audience_to)
    return bool(ids)


def _doubt(engine: sa.Engine, edition: Edition, *, before: datetime | None, now: datetime) -> None:
    with engine.begin() as connection:
        ids = deliveries.abandoned(connection, edition.id, claimed_before=before)
        doubts = [Settlement(id=each, state=DeliveryState.UNCERTAIN, reply=INTERRUPTED) for each in ids]
        deliveries.close(connection, doubts, at=now)


def _words(connection: sa.Connection, edition: Edition) -> str:
    """Give why a reader got nothing: the edition's last move."""
    last = editions.moves(connection, edition.id)[-1]
    return f"edition {edition.state}{' and dropped' if edition.dropped else ''}: {last.why}"
