from datetime import timedelta

import pytest

from syndicate.dispatch.rescheduling import reschedule, send_now
from syndicate.dispatch.withdrawing import cancel
from syndicate.errors import EditionError
from syndicate.model.edition import EXTRA, EditionState
from syndicate.schedule.steering import approve, create, pause, resume
from syndicate.store import editions
from syndicate.store.engine import reading

WHO = {"who": "eve", "why": "said so"}


@pytest.fixture
def started(river):
    river.start()
    river.tick()
    river.join("ada")
    return river


def the_last(river):
    with reading(river.engine) as connection:
        return editions.every(connection)[0]


def collect(river, title):
    river.arrive(title)
    river.now = (river.now + timedelta(days=7)).replace(hour=12)
    river.tick()
    return the_last(river)


def log(river, edition):
    with reading(river.engine) as connection:
        return [(str(each.new), each.who, each.why) for each in editions.moves(connection, edition.id)]


def test_an_edition_that_needs_approval_waits_for_it(started):
    started.configure(approval="editor")
    edition = collect(started, "one")
    started.turn()
    assert (str(the_last(started).state), started.mail()) == ("frozen", {})

    approve(started.engine, edition.id, now=started.now, **WHO)
    started.send()

    assert started.mail() == {"ada": ["one"]}
    assert log(started, edition)[2] == ("scheduled", "eve", "said so")


def test_it_is_put_together_ahead_of_its_time(started):
    started.configure(approval="editor", approve_before=timedelta(hours=24))
    started.arrive("one")
    started.now += timedelta(days=5, hours=19, minutes=30)  # Sunday 7:30, the edition is due on Monday at 7
    started.tick()
    started.freeze()
    started.arrive("two")

    edition = the_last(started)
    approve(started.engine, edition.id, now=started.now, **WHO)
    started.send()
    assert started.mail() == {}
    started.now = edition.due_at
    started.send()

    assert started.mail() == {"ada": ["one"]}
    assert edition.due_at - edition.cut_off_at == timedelta(hours=24)


def test_an_approval_is_taken_back_until_it_is_due(started):
    started.configure(approval="editor")
    edition = collect(started, "one")
    started.turn()
    approve(started.engine, edition.id, now=started.now, **WHO)
    cancel(started.engine, edition.id, now=started.now, **WHO)
    started.send()

    assert started.mail() == {}


def test_a_late_approval_is_no_missed_edition(started):
    started.configure(approval="editor")
    edition = collect(started, "one")
    started.turn()
    started.now += timedelta(days=2)

    approve(started.engine, edition.id, now=started.now, **WHO)
    started.send()

    assert started.mail() == {"ada": ["one"]}


def test_nothing_is_handed_over_while_an_edition_is_paused(started):
    edition = collect(started, "one")
    started.freeze()
    with started.engine.begin() as connection:
        editions.exchange(
            connection,
            edition.id,
            old=EditionState.SCHEDULED,
            new=EditionState.SENDING,
            who="clock",
            why="due",
            at=started.now,
        )
    pause(started.engine, edition.id, now=started.now, **WHO)
    started.send()
    assert started.mail() == {}

    resume(started.engine, edition.id, now=started.now, **WHO)
    started.send()

    assert started.mail() == {"ada": ["one"]}


def test_what_is_not_paused_is_not_resumed(started):
    edition = collect(started, "one")

    with pytest.raises(EditionError, match='it is "collecting", not paused'):
        resume(started.engine, edition.id, now=started.now, **WHO)


def test_a_move_without_a_reason_is_refused(started):
    collect(started, "one")
    started.freeze()

    with pytest.raises(EditionError, match="--why"):
        cancel(started.engine, the_last(started).id, who="eve", why=" ", now=started.now)


def test_an_extra_edition_brings_everybody_what_they_are_owed(started):
    started.arrive("one")
    made = create(started.engine, started.list_settings, due_at=started.now, now=started.now, **WHO)
    started.turn()

    assert (made.cadence, made.occurrence) == (EXTRA, "2026-11-23T12:00")
    assert started.mail() == {"ada": ["one"]}


def test_two_extra_editions_at_one_minute_are_one_too_many(started):
    create(started.engine, started.list_settings, due_at=started.now, now=started.now, **WHO)

    with pytest.raises(EditionError, match="has an extra edition at 2026-11-23T12:00 already"):
        create(started.engine, started.list_settings, due_at=started.now, now=started.now, **WHO)


def test_a_list_that_has_not_started_gets_no_edition(river):
    with pytest.raises(EditionError, match="hasn't started"):
        create(river.engine, river.list_settings, due_at=river.now, now=river.now, **WHO)


def test_a_missed_edition_is_sent_after_all(started):
    edition = collect(started, "one")
    started.now += timedelta(hours=7)
    started.turn()
    assert the_last(started).state is EditionState.MISSED

    send_now(started.engine, edition.id, list_settings=started.list_settings, now=started.now, **WHO)
    started.turn()

    assert started.mail() == {"ada": ["one"]}


def test_an_edition_that_was_missed_after_its_freeze_is_sent_as_it_was_frozen(started):
    edition = collect(started, "one")
    started.freeze()
    started.arrive("two")
    started.now += timedelta(hours=7)
    started.send()
    assert the_last(started).state is EditionState.MISSED

    send_now(started.engine, edition.id, list_settings=started.list_settings, now=started.now, **WHO)
    started.send()

    assert started.mail() == {"ada": ["one"]}


def test_another_time_is_kept_both_ways(started):
    edition = collect(started, "one")
    later = started.now + timedelta(hours=3)
    given = {"list_settings": started.list_settings, "now": started.now, **WHO}
    reschedule(started.engine, edition.id, due_at=later, **given)
    started.turn()
    assert the_last(started).state is EditionState.COLLECTING
    started.now = later
    started.freeze()

    reschedule(started.engine, edition.id, due_at=later + timedelta(hours=9), **given)
    started.send()
    assert started.mail() == {}
    reschedule(started.engine, edition.id, due_at=later, **given)
    started.send()

    assert started.mail() == {"ada": ["one"]}


def test_a_sent_edition_has_no_other_time(started):
    edition = collect(started, "one")
    started.turn()

    with pytest.raises(EditionError, match="only one that hasn't begun to go out"):
        send_now(started.engine, edition.id, list_settings=started.list_settings, now=started.now, **WHO)
