"""What waits for a person: nothing of it goes on by itself."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.edition import Edition, EditionState
from syndicate.store import editions, holding
from syndicate.store.engine import reading
from syndicate.store.holding import Hold

_STOPPED = (EditionState.MISSED, EditionState.PAUSED, EditionState.FROZEN)


def waiting(engine: sa.Engine, *, now: datetime) -> list[str]:
    """Give one line for everything that somebody has to decide: what, and the commands that do it.

    An edition that waits for its approval is in it once it is due.
    """
    with reading(engine) as connection:
        held, behind = holding.held(connection), holding.behind(connection)
        stopped = editions.due(connection, _STOPPED, now=now)
    return [*_held(held, behind=behind), *(_stopped(each) for each in stopped)]


def _held(held: Hold | None, *, behind: bool) -> Iterator[str]:
    if held is not None:
        answer = " --drop` or `--send" if behind else ""
        yield (
            f"nothing is sent: held since {held.at:%Y-%m-%d %H:%M} UTC by {held.who}, {held.why}; "
            f"look at `syndicate plan`, then `syndicate release{answer}`"
        )


def _stopped(edition: Edition) -> str:
    number = edition.id
    what = f"edition {number} of {edition.list_name}"
    due = f"{edition.due_at:%Y-%m-%d %H:%M} UTC"
    match edition.state:
        case EditionState.MISSED:
            return f"{what} was due {due} and missed; `syndicate edition send {number}`, `schedule` or `skip`"
        case EditionState.PAUSED:
            return f"{what} is paused; `syndicate edition resume {number}` or `cancel`, `show` says why"
        case _:
            return (
                f"{what} was due {due} and isn't approved; `syndicate edition approve {number}` or `cancel`"
            )
