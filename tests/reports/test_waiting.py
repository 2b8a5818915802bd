from datetime import timedelta

import pytest

from syndicate.model.edition import EditionState
from syndicate.reports.waiting import waiting
from syndicate.store import editions, holding


@pytest.fixture
def due(river):
    """Give a list whose edition has come due."""
    river.start()
    river.tick()
    river.join("ada")
    river.arrive("one")
    river.now = (river.now + timedelta(days=7)).replace(hour=12)
    river.tick()
    return river


def move(river, old, new):
    with river.engine.begin() as connection:
        (edition, *_) = editions.every(connection)
        editions.exchange(connection, edition.id, old=old, new=new, who="eve", why="so", at=river.now)


def test_nothing_waits_on_a_good_day(due):
    due.freeze()

    assert waiting(due.engine, now=due.now) == []


def test_a_held_store_says_since_when_by_whom_and_why(due):
    with due.engine.begin() as connection:
        holding.hold(connection, who="eve", why="a holiday", at=due.now)

    (line,) = waiting(due.engine, now=due.now)

    assert line.startswith("nothing is sent: held since 2026-11-30 12:00 UTC by eve, a holiday; ")


def test_a_missed_edition_waits(due):
    due.now += timedelta(hours=7)
    due.freeze()

    (line,) = waiting(due.engine, now=due.now)

    assert line.startswith("edition 1 of gazette was due 2026-11-30 07:00 UTC and missed; ")


def test_a_paused_edition_waits(due):
    due.freeze()
    move(due, EditionState.SCHEDULED, EditionState.SENDING)
    move(due, EditionState.SENDING, EditionState.PAUSED)

    (line,) = waiting(due.engine, now=due.now)

    assert line == "edition 1 of gazette is paused; `syndicate edition resume 1` or `cancel`, `show` says why"


def test_an_edition_waits_for_its_approval_once_it_is_due(due):
    due.configure(approval="editor")
    due.freeze()

    (line,) = waiting(due.engine, now=due.now)

    assert "isn't approved; `syndicate edition approve 1` or `cancel`" in line
    assert waiting(due.engine, now=due.now.replace(hour=6)) == []
