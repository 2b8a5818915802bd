"""What an edition may do next: pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from syndicate.errors import EditionError
from syndicate.model.edition import EditionState as State

#: From each state, where an edition may go.
MOVES: Mapping[State, frozenset[State]] = {
    State.COLLECTING: frozenset({State.FREEZING, State.SKIPPED, State.MISSED}),
    State.FREEZING: frozenset({State.FROZEN}),
    State.FROZEN: frozenset({State.SCHEDULED, State.CANCELLED}),
    State.SCHEDULED: frozenset({State.SENDING, State.CANCELLED, State.MISSED}),
    State.SENDING: frozenset({State.PAUSED, State.SENT, State.SENT_WITH_EXCEPTIONS, State.CANCELLED}),
    State.PAUSED: frozenset({State.SENDING, State.CANCELLED}),
    State.SENT: frozenset(),
    State.SENT_WITH_EXCEPTIONS: frozenset({State.SENDING}),
    State.SKIPPED: frozenset(),
    State.CANCELLED: frozenset(),
    # One that was missed before its freeze holds nobody's posts back: they go with the next edition,
    # or with this one when a person says so, and then it collects until the new time.
    State.MISSED: frozenset({State.SCHEDULED, State.COLLECTING, State.SKIPPED}),
}

#: Nothing more will happen to it by itself, and nothing may.
FINAL = frozenset(state for state, onward in MOVES.items() if not onward)


def check_move(edition_id: int, old: State, new: State) -> None:
    """Refuse a move that the table doesn't have."""
    if new not in MOVES[old]:
        onward = " or ".join(sorted(MOVES[old])) or "nothing: that is final"
        raise EditionError(
            f'edition {edition_id}: it is "{old}" and can\'t become "{new}"; it can become {onward}'
        )


def late(due_at: datetime, *, now: datetime, late_after: timedelta) -> bool:
    """Give whether an edition is so late that a person is asked first."""
    return now - due_at > late_after
