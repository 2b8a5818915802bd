"""Moving an edition from one state to the next, once, with a who and a why."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.errors import EditionError
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.schedule.states import check_move
from syndicate.store import editions

#: Who moves editions when no person does.
CLOCK = "clock"
DISPATCH = "dispatch"
#: In digits: PostgreSQL's integer holds them all.
_LONGEST_NUMBER = 9


def move(  # noqa: PLR0913 - a move is who, what, when and why
    connection: sa.Connection,
    edition: Edition,
    new: EditionState,
    *,
    who: str,
    why: str,
    now: datetime,
    **values: Any,  # noqa: ANN401 - columns that are fixed together with the state
) -> bool:
    """Move an edition on from the state it was read in; give ``False`` when somebody else moved it first."""
    check_move(edition.id, edition.state, new)
    return editions.exchange(
        connection, edition.id, old=edition.state, new=new, who=who, why=why, at=now, **values
    )


def order(  # noqa: PLR0913 - as above
    connection: sa.Connection,
    edition: Edition,
    new: EditionState,
    *,
    who: str,
    why: str,
    now: datetime,
    **values: Any,  # noqa: ANN401 - as above
) -> Edition:
    """Move an edition as a person said, and give it as it stands now.

    ``EditionError`` where its state forbids it, or somebody else moved it first. The state it is in is logged
    again where only its time or its deliveries change.
    """
    if new is not edition.state:
        check_move(edition.id, edition.state, new)
    words = reason(why)
    if not editions.exchange(
        connection, edition.id, old=edition.state, new=new, who=who, why=words, at=now, **values
    ):
        raise EditionError(
            f'edition {edition.id}: it is not "{edition.state}" any more; see `syndicate edition show '
            f"{edition.id}` and say again what you want"
        )
    return existing(connection, edition.id)


def existing(connection: sa.Connection, edition_id: EditionId) -> Edition:
    """Give one edition; ``EditionError`` when there is none of that number."""
    edition = editions.get(connection, edition_id)
    if edition is None:
        raise EditionError(
            f"edition {edition_id}: there is none of that number; see `syndicate edition list`"
        )
    return edition


def numbered(said: str) -> EditionId | None:
    """Give the edition's number that somebody said; ``None`` for what is no number.

    ``EditionError`` for one that no edition has: no store could even look for it.
    """
    if not (said.isascii() and said.isdecimal()):
        return None
    digits = said.lstrip("0") or "0"
    if len(digits) > _LONGEST_NUMBER:
        raise EditionError(
            f"edition {digits[:_LONGEST_NUMBER]}…: there is none of that number; see `syndicate edition list`"
        )
    return EditionId(int(digits))


def reason(why: str) -> str:
    """Give a person's reason on one line; ``EditionError`` when there is none."""
    words = " ".join(why.split())
    if not words:
        raise EditionError('--why: every move is logged with its reason; say it in words, e.g. "a holiday"')
    return words
