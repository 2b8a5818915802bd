"""An editor's hand on an edition, where no delivery changes; ``dispatch`` has the others."""

from datetime import datetime

import sqlalchemy as sa

from syndicate.errors import EditionError
from syndicate.model.edition import EXTRA, Edition, EditionId, EditionState
from syndicate.schedule.approval import cut_off
from syndicate.schedule.calendar import local, occurrence
from syndicate.schedule.moving import existing, order, reason
from syndicate.settings.schema import ListSettings
from syndicate.store import editions, lists


def approve(engine: sa.Engine, edition_id: EditionId, *, who: str, why: str, now: datetime) -> Edition:
    """Let a frozen edition go out when it is due; at once when that is past.

    Until it is due, ``dispatch.withdrawing.cancel`` takes it back.
    """
    with engine.begin() as connection:
        edition = existing(connection, edition_id)
        # Who says yes late means now: it isn't missed for want of a yes.
        due_at = max(edition.due_at, now)
        return order(connection, edition, EditionState.SCHEDULED, who=who, why=why, now=now, due_at=due_at)


def pause(engine: sa.Engine, edition_id: EditionId, *, who: str, why: str, now: datetime) -> Edition:
    """Stop an edition that is being sent; what is under way is settled, and nothing more is claimed."""
    with engine.begin() as connection:
        edition = existing(connection, edition_id)
        return order(connection, edition, EditionState.PAUSED, who=who, why=why, now=now)


def resume(engine: sa.Engine, edition_id: EditionId, *, who: str, why: str, now: datetime) -> Edition:
    """Go on sending a paused edition where it stopped."""
    with engine.begin() as connection:
        edition = existing(connection, edition_id)
        if edition.state is not EditionState.PAUSED:
            raise EditionError(
                f'edition {edition_id}: it is "{edition.state}", not paused; there is nothing to resume'
            )
        return order(connection, edition, EditionState.SENDING, who=who, why=why, now=now)


def create(  # noqa: PLR0913 - a list, a time, and who, when and why
    engine: sa.Engine,
    list_settings: ListSettings,
    *,
    due_at: datetime,
    who: str,
    why: str,
    now: datetime,
) -> Edition:
    """Make an extra edition for everybody on the list: whatever each reader is owed when it is cut off.

    ``EditionError`` where the list hasn't started, or has an extra edition at that minute.
    """
    wall = occurrence(local(due_at, list_settings.zone or "UTC"))
    words = reason(why)
    if due_at < now:
        raise EditionError(f'list "{list_settings.name}": {wall} is past; choose a time to come')
    with engine.begin() as connection:
        if lists.start_arrival(connection, list_settings.name) is None:
            raise EditionError(
                f'list "{list_settings.name}": it hasn\'t started; `syndicate run --once` starts it'
            )
        made = editions.create(
            connection,
            list_name=list_settings.name,
            cadence=EXTRA,
            occurrence=wall,
            due_at=due_at,
            cut_off_at=cut_off(list_settings, due_at),
            at=now,
        )
        if made is None:
            raise EditionError(
                f'list "{list_settings.name}": it has an extra edition at {wall} already; choose another time'
            )
        edition = existing(connection, made)
        return order(connection, edition, edition.state, who=who, why=words, now=now)
