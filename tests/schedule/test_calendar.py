# ruff: noqa: DTZ001 - a wall clock has no zone
from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.cadence import WEEKDAYS, Cadence, Every
from syndicate.schedule.calendar import first_after, instant, local, next_wall, occurrence, wall_of, walls

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Europe/Dublin",
)

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
cadences = st.one_of(
    st.builds(Cadence, every=st.just(Every.DAILY), at=times),
    st.builds(Cadence, every=st.just(Every.WEEKLY), at=times, on=st.sampled_from(WEEKDAYS)),
    st.builds(Cadence, every=st.just(Every.MONTHLY), at=times, day=st.integers(1, 28)),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1))


def by_brute_force(cadence: Cadence, after: datetime) -> datetime:
    day = after.date()
    while True:
        wall = datetime.combine(day, cadence.at)
        fits = cadence.on in (None, WEEKDAYS[day.weekday()]) and cadence.day in (None, day.day)
        if wall > after and fits:
            return wall
        day += timedelta(days=1)


@given(cadences, moments)
def test_the_next_wall_time_is_the_one_found_by_looking_at_every_day(
    cadence: Cadence, after: datetime
) -> None:
    assert next_wall(cadence, after) == by_brute_force(cadence, after)


@given(cadences, moments, st.sampled_from(ZONES))
def test_occurrences_come_in_the_same_order_on_the_wall_and_in_time(
    cadence: Cadence, after: datetime, zone: str
) -> None:
    instants = [instant(wall, zone) for wall in islice(walls(cadence, after=after), 40)]

    assert all(earlier < later for earlier, later in pairwise(instants))


@given(cadences, moments, st.sampled_from(ZONES))
def test_the_first_after_an_instant_is_later_and_leaves_none_out(
    cadence: Cadence, moment: datetime, zone: str
) -> None:
    at = moment.replace(tzinfo=UTC)

    found = first_after(cadence, zone, at)

    assert instant(found, zone) > at
    earlier = walls(cadence, after=found - timedelta(days=40))
    assert all(instant(wall, zone) <= at for wall in takewhile(lambda wall: wall < found, earlier))


@given(cadences, moments)
def test_an_occurrence_is_named_by_its_wall_time(cadence: Cadence, after: datetime) -> None:
    wall = next_wall(cadence, after)

    assert wall_of(occurrence(wall)) == wall


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30"),  # never comes: 03:30 on the clock
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),  # comes twice: the first
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45"),  # half an hour is missing
        ("Antarctica/Troll", "2026-03-29T01:30", "2026-03-29T01:30"),  # two hours are missing
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),  # Ramadan: comes twice
    ],
)
def test_clock_changes_follow_rfc_5545(zone: str, wall: str, utc: str) -> None:
    assert instant(wall_of(wall), zone) == wall_of(utc).replace(tzinfo=UTC)


def test_a_midnight_digest_keeps_its_week_after_spring_forward() -> None:
    weekly = Cadence(every=Every.WEEKLY, on="mon", at=time(0, 0))

    assert next_wall(weekly, datetime(2026, 3, 23)) == datetime(2026, 3, 30)


def test_in_the_hour_that_comes_twice_the_same_time_is_not_due_again() -> None:
    nightly = Cadence(every=Every.DAILY, at=time(2, 30))
    in_second_coming = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)

    assert local(in_second_coming, "Europe/Berlin") == datetime(2026, 10, 25, 2, 10)
    assert first_after(nightly, "Europe/Berlin", in_second_coming) == datetime(2026, 10, 26, 2, 30)


def test_monday_is_monday() -> None:
    weekly = Cadence(every=Every.WEEKLY, on="mon")

    assert next_wall(weekly, datetime(2026, 11, 23, 7, 0)) == datetime(2026, 11, 30, 7, 0)
