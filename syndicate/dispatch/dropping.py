"""Counting all that is owed by now as served, where nobody can know what of it was sent."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from syndicate.dispatch.freezing import Rendered, freeze
from syndicate.dispatch.withdrawing import CHUNK, cancel, skip
from syndicate.errors import EditionError
from syndicate.model.edition import Edition, EditionState
from syndicate.model.post import ArrivalNumber, TrackedPost
from syndicate.model.subscriber import SubscriptionId, SubscriptionState
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import carrying, deliveries, editions, posts, subscriptions
from syndicate.store.engine import reading
from syndicate.store.subscriptions import Audience

_UNFROZEN = (EditionState.COLLECTING, EditionState.MISSED)
_FROZEN = (EditionState.FROZEN, EditionState.SCHEDULED, EditionState.SENDING, EditionState.PAUSED)


def drop_all(engine: sa.Engine, settings: Settings, *, who: str, why: str, now: datetime) -> None:
    """Let every reader of every list count as served up to now, and take back every edition that is open.

    Call it with the store held, so that nothing is sent meanwhile; after a crash, again. What was refused or
    is in doubt stays so, by name.
    """
    lists = {each.name: each for each in settings.lists}
    for edition in _open(engine, (EditionState.FREEZING,), lists):
        freeze(engine, edition, settings=settings, render=_written_already, now=now)
    for edition in _open(engine, _FROZEN, lists):
        cancel(engine, edition.id, who=who, why=why, now=now)
    for edition in _open(engine, _UNFROZEN, lists):
        list_settings = lists[edition.list_name]
        skip(engine, edition.id, list_settings=list_settings, drop=True, who=who, why=why, now=now)
    for name in lists:
        _serve(engine, name, now=now)


def _open(engine: sa.Engine, states: Sequence[EditionState], lists: dict[str, ListSettings]) -> list[Edition]:
    with reading(engine) as connection:
        return [each for each in editions.in_state(connection, states) if each.list_name in lists]


def _written_already(_owed: Sequence[TrackedPost], edition: Edition) -> Rendered:
    raise EditionError(f"edition {edition.id}: somebody froze it meanwhile; run again")


def _serve(engine: sa.Engine, list_name: str, *, now: datetime) -> None:
    """Move everybody's cursor, also of those who pause, to the last arrival."""
    audience = Audience(list_name=list_name, states=(SubscriptionState.CONFIRMED, SubscriptionState.PAUSED))
    with reading(engine) as connection:
        to, through = posts.highest_arrival(connection), subscriptions.highest_id(connection)
    after: SubscriptionId | None = SubscriptionId(0)
    while after is not None:
        with engine.begin() as connection:
            after = _serve_chunk(connection, audience, after=after, through=through, to=to, now=now)


def _serve_chunk(  # noqa: PLR0913 - whom, up to what, and when
    connection: sa.Connection,
    audience: Audience,
    *,
    after: SubscriptionId,
    through: SubscriptionId,
    to: ArrivalNumber,
    now: datetime,
) -> SubscriptionId | None:
    """Serve the next readers; give the last of them, or ``None`` where there are no more."""
    page = subscriptions.lock_cursors(connection, audience, after=after, through=through, limit=CHUNK)
    if not page:
        return None
    ids = [each.id for each in page]
    subscriptions.advance(connection, ids, to=to, at=now)
    deliveries.drop_withdrawn(connection, ids)
    carrying.drop(connection, ids)
    return ids[-1]
