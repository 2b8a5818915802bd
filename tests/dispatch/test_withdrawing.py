import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from syndicate.dispatch.withdrawing import cancel, finish, skip
from syndicate.errors import EditionError
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionState
from syndicate.store import deliveries, editions
from syndicate.store.engine import connect, reading, sqlite_url

WHO = {"who": "eve", "why": "a holiday"}


def the_last(river):
    with reading(river.engine) as connection:
        return editions.every(connection)[0]


@pytest.fixture
def started(river):
    river.start()
    river.tick()
    river.join("ada", "bob")
    return river


def collect(river, *titles):
    """Let posts arrive, and the next Monday come."""
    river.arrive(*titles)
    river.now = (river.now + timedelta(days=7)).replace(hour=12)
    river.tick()
    return the_last(river)


def skip_it(river, edition, *, drop=False):
    return skip(river.engine, edition.id, list_settings=river.list_settings, drop=drop, now=river.now, **WHO)


def cancel_it(river, edition):
    return cancel(river.engine, edition.id, now=river.now, **WHO)


def test_what_a_skipped_edition_held_goes_with_the_next_one(started):
    skipped = skip_it(started, collect(started, "one"))
    collect(started, "two")
    started.turn()

    assert skipped.state is EditionState.SKIPPED
    assert started.mail() == {"ada": ["two, one"], "bob": ["two, one"]}


def test_what_an_editor_drops_is_never_mailed(started):
    skip_it(started, collect(started, "one"), drop=True)
    collect(started, "two")
    started.turn()

    assert started.mail() == {"ada": ["two"], "bob": ["two"]}


def test_what_was_owed_again_is_dropped_with_the_edition_that_would_have_brought_it(started):
    edition = collect(started, "one")
    started.freeze()
    cancel_it(started, edition)
    skip_it(started, collect(started, "two"), drop=True)
    collect(started, "three")
    started.turn()

    assert started.mail() == {"ada": ["three"], "bob": ["three"]}


class CrashError(Exception):
    """The process dies here."""


def cut_off(river, work, *, after):
    """Let a process die just before one of its commits."""
    countdown = iter(range(after))

    def crash(_connection):
        if next(countdown, None) is None:
            raise CrashError

    event.listen(river.engine, "commit", crash)
    with pytest.raises(CrashError):
        work()
    event.remove(river.engine, "commit", crash)


@pytest.mark.system
def test_a_drop_that_was_cut_off_is_finished_before_the_next_freeze(started):
    started.crowd(600)
    edition = collect(started, "one")
    cut_off(started, lambda: skip_it(started, edition, drop=True), after=3)

    finish(started.engine, started.settings.lists, lease=None, now=started.now)
    collect(started, "two")
    started.turn()

    assert set(map(tuple, started.mail().values())) == {("two",)}
    assert len(started.mail()) == 602


def test_a_cancellation_that_was_cut_off_is_finished(started):
    started.crowd(600)
    edition = collect(started, "one")
    started.freeze()
    cut_off(started, lambda: cancel_it(started, edition), after=2)
    assert started.ledger(edition.id) == {DeliveryState.PENDING: 352, DeliveryState.WITHDRAWN: 250}

    finish(started.engine, started.settings.lists, lease=None, now=started.now)

    assert started.ledger(edition.id) == {DeliveryState.WITHDRAWN: 602}


def test_what_a_dead_process_was_handing_over_of_a_cancelled_edition_is_uncertain(started):
    edition = collect(started, "one")
    started.freeze()
    with started.engine.begin() as connection:
        (first, _) = deliveries.of_edition(connection, edition.id, states=[DeliveryState.PENDING])
        deliveries.hand(connection, [first[0].id], owner="dead", at=started.now)
    cancel_it(started, edition)
    assert started.ledger(edition.id) == {DeliveryState.HANDING: 1, DeliveryState.WITHDRAWN: 1}

    finish(started.engine, started.settings.lists, lease=None, now=started.now)

    assert started.ledger(edition.id) == {DeliveryState.UNCERTAIN: 1, DeliveryState.WITHDRAWN: 1}


def test_a_cancelled_edition_is_owed_again(started):
    edition = collect(started, "one")
    started.freeze()
    cancelled = cancel_it(started, edition)
    started.turn()
    assert started.mail() == {}

    collect(started, "two")
    started.turn()

    assert cancelled.state is EditionState.CANCELLED
    assert started.ledger(edition.id) == {DeliveryState.WITHDRAWN: 2}
    assert started.mail() == {"ada": ["two, one"], "bob": ["two, one"]}


def test_an_edition_is_cancelled_after_a_later_one_went_out_and_nothing_is_lost(started):
    first = collect(started, "one")
    started.freeze()
    second = collect(started, "two")
    started.freeze()
    cancel_it(started, first)
    started.send()
    collect(started, "three")
    started.turn()

    assert second.id != first.id
    assert started.mail() == {"ada": ["two", "three, one"], "bob": ["two", "three, one"]}


def test_an_edition_that_still_collects_is_skipped_and_not_cancelled(started):
    edition = collect(started, "one")

    with pytest.raises(EditionError, match=r"it isn't put together yet; `syndicate edition skip"):
        cancel_it(started, edition)


def test_a_missed_edition_is_skipped_and_carried_over(started):
    edition = collect(started, "one")
    started.freeze()
    started.now += timedelta(hours=7)
    started.send()
    skip_it(started, edition)
    collect(started, "two")
    started.turn()

    assert started.mail() == {"ada": ["two, one"], "bob": ["two, one"]}


def test_a_missed_edition_is_dropped(started):
    edition = collect(started, "one")
    started.freeze()
    started.now += timedelta(hours=7)
    started.send()
    skip_it(started, edition, drop=True)
    collect(started, "two")
    started.turn()

    assert started.mail() == {"ada": ["two"], "bob": ["two"]}


@pytest.mark.system
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # where a copy of a store is a file
@pytest.mark.parametrize("order", ["cancel", "skip", "drop"])
def test_a_crash_at_any_statement_of_an_order_is_mended_by_the_next_pass(started, tmp_path, order):
    edition = collect(started, "one")
    if order == "cancel":
        started.freeze()
    started.engine.dispose()
    crashes = 0
    while crashed(started, tmp_path, edition, order, after=crashes):
        crashes += 1

    assert crashes >= 5


def crashed(river, folder, edition, order, *, after):
    """Let an order die at one of its statements, begin again, and count what everybody got."""
    place = folder / f"try{after}"
    place.mkdir()
    shutil.copy(folder / "syndicate.db", place)
    before = (river.engine, river.settings, river.now)
    river.engine = connect(sqlite_url(place / "syndicate.db"))
    river.settings = replace(river.settings, outbox=place)
    countdown = iter(range(after))

    def crash(*_statement):
        if next(countdown, None) is None:
            raise CrashError

    event.listen(river.engine, "before_cursor_execute", crash)
    died = False
    try:
        act(river, edition, order)
    except CrashError:
        died = True
    event.remove(river.engine, "before_cursor_execute", crash)
    finish(river.engine, river.settings.lists, lease=None, now=river.now)
    if the_last(river).state not in {EditionState.CANCELLED, EditionState.SKIPPED}:
        act(river, edition, order)
    collect(river, "two")
    river.turn()
    expected = "two" if order == "drop" else "two, one"
    assert river.mail() == {"ada": [expected], "bob": [expected]}
    river.engine.dispose()
    river.engine, river.settings, river.now = before
    return died


def act(river, edition, order):
    if order == "cancel":
        cancel_it(river, edition)
    else:
        skip_it(river, edition, drop=order == "drop")
