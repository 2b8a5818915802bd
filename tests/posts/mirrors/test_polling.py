from datetime import UTC, datetime, timedelta

import pytest

from syndicate.errors import FetchError
from syndicate.posts.mirrors.memory import Memory
from syndicate.posts.mirrors.polling import after_answer, after_failure, is_due

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("said", "wait", "minutes"),
    [
        ({}, timedelta(), 15),
        ({"cache-control": "public, max-age=60"}, timedelta(), 15),
        ({"cache-control": "max-age=1800"}, timedelta(), 30),
        ({"cache-control": 'MAX-AGE="1800"', "age": "600"}, timedelta(), 20),
        ({"cache-control": "s-maxage=1800, no-cache"}, timedelta(), 15),
        ({"cache-control": "max-age=31536000"}, timedelta(), 60),
        ({"cache-control": "max-age=99999999999999999999"}, timedelta(), 60),
        ({"age": "x", "cache-control": "max-age=x"}, timedelta(), 15),
        ({}, timedelta(minutes=40), 40),
        ({}, timedelta(days=30), 60),
    ],
)
def test_a_feed_is_left_alone_as_long_as_it_asks_within_bounds(said, wait, minutes):
    assert after_answer(NOON, refresh=QUARTER, headers=said, wait=wait) == NOON + timedelta(minutes=minutes)


def test_a_long_wait_of_our_own_is_never_shortened():
    assert after_answer(NOON, refresh=6 * HOUR, headers={}, wait=HOUR) == NOON + 6 * HOUR


def failed(failures: int = 1, *, empty: bool = False, **said: object) -> timedelta:
    error = FetchError("x", permanent=False, **said) if said else None
    return after_failure(NOON, refresh=QUARTER, failures=failures, error=error, empty=empty) - NOON


def test_waits_double_with_each_failure_up_to_six_hours():
    assert [failed(number) / QUARTER for number in (1, 2, 3, 4, 5, 6, 7, 1000)] == [
        1,
        2,
        4,
        8,
        16,
        24,
        24,
        24,
    ]


def test_a_server_that_names_a_time_gets_it_up_to_a_day():
    assert failed(status=503, retry_after=2 * HOUR) == 2 * HOUR
    assert failed(status=429, retry_after=timedelta(days=300)) == timedelta(days=1)
    assert failed(status=429, retry_after=timedelta()) == QUARTER


def test_a_feed_that_is_gone_is_looked_for_once_a_day():
    assert failed(status=410) == timedelta(days=1)


def test_with_nothing_to_show_it_is_tried_again_soon():
    assert failed(empty=True) == timedelta(seconds=10)


def test_a_time_from_a_clock_that_was_wrong_is_not_waited_for():
    assert due(None)
    assert due(NOON)
    assert not due(NOON + HOUR)
    assert due(NOON + timedelta(days=400))
    assert not due(NOON + timedelta(days=7), refresh=timedelta(days=7))


def test_who_asks_for_shorter_waits_means_now():
    assert due(NOON + HOUR, refresh=QUARTER, before=HOUR)
    assert not due(NOON + HOUR, refresh=HOUR, before=QUARTER)


def due(next_at: datetime | None, *, refresh: timedelta = QUARTER, before: timedelta = timedelta()) -> bool:
    return is_due(Memory(next_at=next_at, refresh=before), NOON, refresh=refresh)
