import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from syndicate.model.cadence import Cadence, Every
from syndicate.schedule.occurrences import materialise


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def weekly(river):
    """Start the Monday list on a Monday noon."""
    river.join("ada")
    river.turn()
    return river


def occurrences(river):
    return [occurrence for occurrence, _ in river.editions()]


def test_an_occurrence_is_made_when_it_is_due_and_not_before(weekly):
    weekly.now = at("2026-11-30T06:59:59")
    early = weekly.tick()
    weekly.now = at("2026-11-30T07:00:00")

    assert (early, len(weekly.tick())) == ([], 1)
    assert occurrences(weekly) == ["2026-11-30T07:00"]


def test_looking_again_makes_nothing(weekly):
    weekly.now = at("2026-11-30T07:00:00")
    weekly.tick()

    assert weekly.tick() == []


def test_of_many_missed_occurrences_only_the_last_is_made(weekly):
    weekly.now = at("2026-12-29T12:00:00")

    assert len(weekly.tick()) == 1
    assert occurrences(weekly) == ["2026-12-28T07:00"]


def test_an_empty_occurrence_is_skipped_without_mail(weekly):
    weekly.now = at("2026-11-30T07:00:00")
    weekly.turn()

    assert weekly.editions() == [("2026-11-30T07:00", "skipped")]
    assert weekly.mail() == {}


def test_an_occurrence_that_is_too_late_waits_for_a_person_and_holds_nothing_back(weekly):
    weekly.arrive("one")
    weekly.now = at("2026-11-30T13:00:01")
    weekly.turn()
    missed = weekly.editions()
    weekly.now = at("2026-12-07T07:00:00")
    weekly.turn()

    assert missed == [("2026-11-30T07:00", "missed")]
    assert weekly.mail() == {"ada": ["one"]}


def test_a_cadence_that_was_changed_counts_from_now(weekly):
    weekly.configure(cadences=(Cadence(every=Every.WEEKLY, on="tue", at=time(9)),))
    weekly.tick()
    weekly.now = at("2026-11-24T09:00:00")

    weekly.tick()

    assert occurrences(weekly) == ["2026-11-24T09:00"]


def test_a_time_that_was_moved_there_and_back_is_not_sent_twice(weekly):
    weekly.arrive("one")
    weekly.now = at("2026-11-30T07:00:00")
    weekly.turn()
    for hour in (10, 7):
        weekly.configure(cadences=(Cadence(every=Every.WEEKLY, on="mon", at=time(hour)),))
        weekly.turn()
        weekly.now += timedelta(minutes=5)
    weekly.turn()

    assert occurrences(weekly) == ["2026-11-30T07:00"]


@pytest.mark.parametrize(
    ("begin", "end"),
    [("2026-03-25T00:00", "2026-04-02T00:00"), ("2026-10-22T00:00", "2026-10-30T00:00")],
)
def test_a_nightly_list_goes_out_once_a_night_across_clock_changes(river, begin, end):
    river.configure(zone="Europe/Berlin", cadences=(Cadence(every=Every.DAILY, at=time(2, 30)),))
    river.now = at(begin)
    river.start()
    while river.now < at(end):
        river.tick()
        river.now += timedelta(minutes=20)

    assert occurrences(river) == [f"{at(begin).date() + timedelta(days=day)}T02:30" for day in range(8)]


def test_with_each_every_post_is_its_own_edition(river):
    river.configure(cadences=(Cadence(every=Every.EACH),))
    river.arrive("old", baseline=True)
    river.join("ada")
    river.turn()
    river.arrive("one", "two")

    river.turn()

    assert river.mail() == {"ada": ["one", "two"]}
    assert river.editions() == [("2", "sent"), ("3", "sent")]


def test_with_each_only_the_list_s_posts_make_editions(river):
    river.configure(cadences=(Cadence(every=Every.EACH),), collections=("news",))
    river.join("ada")
    river.turn()
    river.arrive("one")
    river.arrive("two", collection="news")

    river.turn()

    assert river.mail() == {"ada": ["two"]}


def test_two_cadences_serve_each_reader_by_their_own(river):
    river.configure(cadences=(Cadence(every=Every.WEEKLY, on="mon"), Cadence(every=Every.EACH)))
    river.join("ada")
    river.join("ben", cadence="each")
    river.turn()
    river.arrive("one", "two")
    river.turn()
    at_once = river.mail()
    river.now = at("2026-11-30T07:00:00")
    river.turn()

    assert at_once == {"ben": ["one", "two"]}
    assert river.mail() == {"ben": ["one", "two"], "ada": ["two, one"]}


def test_readers_of_a_cadence_that_was_dropped_follow_the_first(river):
    river.configure(cadences=(Cadence(every=Every.WEEKLY, on="mon"), Cadence(every=Every.EACH)))
    river.join("ben", cadence="each")
    river.turn()
    river.configure(cadences=(Cadence(every=Every.WEEKLY, on="mon"),))
    river.arrive("one")
    river.now = at("2026-11-30T07:00:00")

    river.turn()

    assert river.mail() == {"ben": ["one"]}


def test_many_schedulers_at_once_make_each_occurrence_once(weekly):
    weekly.now = at("2026-11-30T07:00:00")
    together = threading.Barrier(3)
    made = []

    def look():
        together.wait()
        made.extend(materialise(weekly.engine, weekly.settings.lists, now=weekly.now))

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert occurrences(weekly) == ["2026-11-30T07:00"]
