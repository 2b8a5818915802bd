"""Moving an edition from one state to the next, once, with a who and a why."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.model.edition import Edition, EditionState
from syndicate.schedule.states import check_move
from syndicate.store import editions

#: Who moves editions when no person does.
CLOCK = "clock"
DISPATCH = "dispatch"


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
