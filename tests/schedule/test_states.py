from datetime import UTC, datetime, timedelta

import pytest

from syndicate.errors import EditionError
from syndicate.model.edition import EditionState
from syndicate.schedule.moving import move
from syndicate.schedule.states import FINAL, MOVES, check_move, late
from syndicate.store import editions
from syndicate.store.engine import reading

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_every_state_has_its_moves():
    assert set(MOVES) == set(EditionState)
    assert {EditionState.SENT, EditionState.SKIPPED, EditionState.CANCELLED} == FINAL


def test_every_state_can_be_reached():
    assert set().union(*MOVES.values()) == set(EditionState)


def test_a_move_the_table_does_not_have_is_refused_in_words():
    with pytest.raises(EditionError, match='edition 3: it is "sent" and can\'t become "sending"'):
        check_move(3, EditionState.SENT, EditionState.SENDING)


@pytest.mark.parametrize(("hours", "is_late"), [(0, False), (6, False), (7, True)])
def test_late_is_later_than_the_policy(hours, is_late):
    assert late(NOON, now=NOON + timedelta(hours=hours), late_after=timedelta(hours=6)) is is_late


def test_a_move_happens_once_and_is_logged(river):
    river.configure(start_with=1)
    river.start()
    with reading(river.engine) as connection:
        (edition,) = editions.every(connection)

    moved = []
    for _ in range(2):
        with river.engine.begin() as connection:
            moved.append(
                move(
                    connection,
                    edition,
                    EditionState.SKIPPED,
                    who="eve",
                    why="it is a holiday",
                    now=river.now,
                )
            )

    assert moved == [True, False]
    with reading(river.engine) as connection:
        (logged,) = editions.moves(connection, edition.id)
    assert (logged.who, logged.why, str(logged.new)) == ("eve", "it is a holiday", "skipped")
