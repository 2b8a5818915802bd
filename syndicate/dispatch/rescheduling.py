"""Another time for an edition; and that time is now, where an editor says so."""

from datetime import datetime

import sqlalchemy as sa

from syndicate.errors import EditionError
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.schedule.approval import cut_off
from syndicate.schedule.moving import existing, order
from syndicate.settings.schema import ListSettings
from syndicate.store import deliveries
from syndicate.store.engine import reading

#: Rows changed at a time: a few hundredths of a second.
CHUNK = 250
_AHEAD = (EditionState.COLLECTING, EditionState.FROZEN, EditionState.SCHEDULED, EditionState.MISSED)


def reschedule(  # noqa: PLR0913 - an edition, its list, a time, and who, when and why
    engine: sa.Engine,
    edition_id: EditionId,
    *,
    list_settings: ListSettings,
    due_at: datetime,
    who: str,
    why: str,
    now: datetime,
) -> Edition:
    """Give an edition that hasn't begun to go out another time.

    What is frozen stays as it is, with the date it shows; one that collects goes on until its new cut-off.
    One that was missed is no longer; a frozen one still waits for its approval.
    """
    if due_at < now:
        raise EditionError(
            f"edition {edition_id}: {due_at:%Y-%m-%d %H:%M} UTC is past; "
            f"`syndicate edition send {edition_id}` lets it go now"
        )
    edition = _hastened(engine, edition_id, to=due_at)
    with engine.begin() as connection:
        return order(
            connection,
            edition,
            _next(edition),
            who=who,
            why=why,
            now=now,
            due_at=due_at,
            cut_off_at=cut_off(list_settings, due_at),
        )


def send_now(  # noqa: PLR0913 - as above
    engine: sa.Engine,
    edition_id: EditionId,
    *,
    list_settings: ListSettings,
    who: str,
    why: str,
    now: datetime,
) -> Edition:
    """Let an edition that hasn't begun to go out do so with the next pass; a frozen one is approved by that.

    One that collects is frozen first, and then waits for its approval where its list needs one.
    """
    edition = reschedule(
        engine, edition_id, list_settings=list_settings, due_at=now, who=who, why=why, now=now
    )
    if edition.state is not EditionState.FROZEN:
        return edition
    with engine.begin() as connection:
        return order(connection, edition, EditionState.SCHEDULED, who=who, why=why, now=now)


def _hastened(engine: sa.Engine, edition_id: EditionId, *, to: datetime) -> Edition:
    """Let nobody wait for the old time; nothing is claimed before the edition itself is due."""
    with reading(engine) as connection:
        edition = existing(connection, edition_id)
    if edition.state not in _AHEAD:
        raise EditionError(
            f'edition {edition_id}: it is "{edition.state}"; only one that hasn\'t begun to go out '
            "has a time that can change"
        )
    changed = CHUNK
    while changed:
        with engine.begin() as connection:
            changed = deliveries.hasten(connection, edition_id, to=to, limit=CHUNK)
    return edition


def _next(edition: Edition) -> EditionState:
    if edition.state is not EditionState.MISSED:
        return edition.state
    return EditionState.COLLECTING if edition.arrival_to is None else EditionState.SCHEDULED
