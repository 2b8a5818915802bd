from datetime import timedelta

import pytest
import sqlalchemy as sa

from syndicate.audience import changing
from syndicate.dispatch.dropping import drop_all
from syndicate.dispatch.withdrawing import finish
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionState
from syndicate.schedule import steering
from syndicate.store import deliveries, editions, holding
from syndicate.store.engine import reading

WHO = {"who": "eve", "why": "it was sent"}


@pytest.fixture
def started(river):
    """Give a list with two readers, one of whom pauses."""
    river.start()
    river.tick()
    river.join("ada", "bob")
    bob = changing.find(river.engine, "bob@example.org", list_name="gazette")
    changing.pause(river.engine, bob.id, who="bob", now=river.now)
    return river


def monday(river):
    """Let the next Monday come."""
    river.now = (river.now + timedelta(days=7 - river.now.weekday())).replace(hour=12)
    river.tick()


def drop(river):
    drop_all(river.engine, river.settings, now=river.now, **WHO)


def come_back(river, name):
    theirs = changing.find(river.engine, f"{name}@example.org", list_name="gazette")
    changing.resume(river.engine, theirs.id, who=name, now=river.now)


def test_what_was_owed_is_never_mailed_and_what_comes_later_is_also_to_who_paused(started):
    started.arrive("one")
    drop(started)
    come_back(started, "bob")
    started.arrive("two")
    monday(started)
    started.turn()

    assert started.mail() == {"ada": ["two"], "bob": ["two"]}


def make(river, state):
    """Bring an edition with one post to the given state."""
    river.arrive("one")
    if state is EditionState.FROZEN:
        river.configure(approval="editor")
    monday(river)
    if state is EditionState.MISSED:
        river.now += timedelta(days=5)
    if state is not EditionState.COLLECTING:
        river.freeze()
    if state in {EditionState.SENDING, EditionState.PAUSED}:
        with river.engine.begin() as connection:
            holding.hold(connection, who="eve", why="in a test", at=river.now)
        river.send()
        with river.engine.begin() as connection:
            holding.release(connection, who="eve", at=river.now)
    if state is EditionState.PAUSED:
        steering.pause(river.engine, the_last(river).id, now=river.now, **WHO)
    assert the_last(river).state is state


def the_last(river):
    with reading(river.engine) as connection:
        return editions.every(connection)[0]


@pytest.mark.parametrize(
    "state",
    [
        EditionState.COLLECTING,
        EditionState.MISSED,
        EditionState.FROZEN,
        EditionState.SCHEDULED,
        EditionState.SENDING,
        EditionState.PAUSED,
    ],
)
def test_an_edition_that_is_open_is_taken_back_for_good(started, state):
    make(started, state)

    drop(started)

    started.configure(approval="automatic")
    assert the_last(started).state in {EditionState.SKIPPED, EditionState.CANCELLED}
    started.arrive("two")
    monday(started)
    started.turn()
    assert started.mail() == {"ada": ["two"]}


class CrashError(Exception):
    """The process ends here."""


def test_an_edition_that_was_being_frozen_is_taken_back_for_good(started):
    started.arrive("one")
    monday(started)
    with pytest.raises(CrashError):
        crash_at(started.engine, "INSERT INTO delivery", started.freeze)
    assert the_last(started).state is EditionState.FREEZING

    drop(started)

    assert the_last(started).state is EditionState.CANCELLED
    started.arrive("two")
    monday(started)
    started.turn()
    assert started.mail() == {"ada": ["two"]}


def crash_at(engine, words, work):
    """Work until a statement that begins with these words."""

    def watch(_connection, _cursor, statement, *_):
        if statement.startswith(words):
            raise CrashError

    sa.event.listen(engine, "before_cursor_execute", watch)
    try:
        work()
    finally:
        sa.event.remove(engine, "before_cursor_execute", watch)


@pytest.mark.system
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_drop_that_dies_anywhere_is_finished_by_another(started):
    for state in (EditionState.SCHEDULED, EditionState.COLLECTING):
        make(started, state)
    come_back(started, "bob")
    for crash in range(1, 200):
        left = iter(range(crash))

        def watch(*_, left=left):
            if next(left, None) is None:
                raise CrashError

        sa.event.listen(started.engine, "before_cursor_execute", watch)
        try:
            drop(started)
        except CrashError:
            continue
        else:
            break
        finally:
            sa.event.remove(started.engine, "before_cursor_execute", watch)

    assert crash > 8
    started.arrive("two")
    monday(started)
    started.turn()
    assert started.mail() == {"ada": ["two"], "bob": ["two"]}


def test_who_may_have_been_written_to_stays_in_doubt_by_name(started):
    make(started, EditionState.SENDING)
    with started.engine.begin() as connection:
        (row,) = deliveries.of_edition(connection, the_last(started).id, states=(DeliveryState.PENDING,))
        deliveries.hand(connection, [row[0].id], owner="a process that died", at=started.now)

    drop(started)
    finish(started.engine, started.settings.lists, lease=None, now=started.now)

    assert started.ledger(the_last(started).id) == {DeliveryState.UNCERTAIN: 1}


def test_lists_that_are_no_longer_configured_are_left_alone(started):
    make(started, EditionState.SCHEDULED)
    started.configure(name="another")

    drop(started)

    assert the_last(started).state is EditionState.SCHEDULED
