from datetime import timedelta

import pytest

from syndicate.errors import EditionError
from syndicate.model.cadence import Cadence, Every
from syndicate.schedule.coming import next_edition
from syndicate.schedule.steering import create

DAILY = Cadence(every=Every.DAILY)
WEEKLY = Cadence(every=Every.WEEKLY, on="mon")


@pytest.fixture
def started(river):
    """Give a list that has a reader and goes out on Monday the thirtieth next."""
    river.join("ada")
    river.turn()
    return river


def coming(river, **changes):
    with river.engine.begin() as connection:
        return next_edition(connection, river.list_settings, now=river.now, **changes)


def test_the_next_point_of_the_calendar_becomes_real_once(started):
    first, second = coming(started), coming(started)

    assert first == second
    assert (first.occurrence, str(first.state)) == ("2026-11-30T07:00", "collecting")
    assert first.due_at == first.cut_off_at


def test_what_became_real_early_goes_out_at_its_time_and_once(started):
    coming(started)
    started.arrive("one")
    started.now += timedelta(days=7)
    started.turn()
    started.now += timedelta(days=7)
    started.turn()

    assert started.mail() == {"ada": ["one"]}
    assert started.editions() == [("2026-11-30T07:00", "sent"), ("2026-12-07T07:00", "skipped")]


def test_an_edition_that_collects_and_is_due_earlier_comes_before_the_calendar(started):
    extra = create(
        started.engine,
        started.list_settings,
        due_at=started.now + timedelta(days=1),
        who="eve",
        why="news",
        now=started.now,
    )

    assert coming(started).id == extra.id
    assert coming(started, cadence="weekly").occurrence == "2026-11-30T07:00"


def test_of_a_list_with_an_approval_it_collects_until_its_cut_off(started):
    started.configure(approval="editor")

    edition = coming(started)

    assert edition.due_at - edition.cut_off_at == timedelta(hours=24)


def test_a_point_whose_edition_is_over_is_passed_over(started):
    from syndicate.dispatch.withdrawing import skip

    order = {"list_settings": started.list_settings, "who": "eve", "why": "a holiday", "now": started.now}
    skip(started.engine, coming(started).id, drop=False, **order)

    assert coming(started).occurrence == "2026-12-07T07:00"


def test_of_several_cadences_it_has_to_be_said_which(started):
    started.configure(cadences=(WEEKLY, DAILY))

    with pytest.raises(EditionError, match=r"weekly and daily editions; say which with --cadence weekly"):
        coming(started)

    assert coming(started, cadence="daily").occurrence == "2026-11-24T07:00"


def test_a_cadence_that_a_list_does_not_have_is_named(started):
    with pytest.raises(EditionError, match="has no daily editions; use one of weekly, extra"):
        coming(started, cadence="daily")


def test_a_list_that_announces_each_post_has_no_next_edition(started):
    started.configure(cadences=(Cadence(every=Every.EACH),))

    with pytest.raises(EditionError, match="`syndicate edition create gazette --at TIME` makes one"):
        coming(started)


def test_a_list_that_has_not_started_has_none(river):
    with pytest.raises(EditionError, match="hasn't started"):
        coming(river)
