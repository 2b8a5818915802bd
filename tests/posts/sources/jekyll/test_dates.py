from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from syndicate.posts.sources.jekyll.dates import NO_DATE, parse_instant

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-22", "2024-01-21T16:00:00"),
        ("2024-01-22 12:00", "2024-01-22T04:00:00"),
        ("2024-01-22 12:00:00", "2024-01-22T12:00:00"),
        ("2024-01-22 12:00:00 +0800", "2024-01-22T04:00:00"),
        ("2024-01-22 12:00:00 +08:00", "2024-01-22T04:00:00"),
        ("2024-01-22T12:00:00Z", "2024-01-22T12:00:00"),
        ("2024-01-22T12:00:00.123456+08:00", "2024-01-22T04:00:00"),
        ("2024-01-22 12:00:00 EST", "2024-01-22T17:00:00"),
        ("2024-1-2 3:04:05 -0500", "2024-01-02T08:04:05"),
        ("2024/01/22", "2024-01-21T16:00:00"),
        ("24-01-22", "2024-01-21T16:00:00"),
        ("January 22, 2024", "2024-01-21T16:00:00"),
        ("Mon, 22 Jan 2024 12:00:00 +0800", "2024-01-22T04:00:00"),
        ("2016-07-19 (optional)", "2016-07-18T16:00:00"),
        ("1776-07-04 12:00:00 +0000", "1776-07-04T12:00:00"),
    ],
)
def test_dates_mean_what_ruby_makes_of_them(text: str, instant: str) -> None:
    assert parse_instant(text, HONG_KONG) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-30",
        "2026-13-01",
        "99999-01-01",
        "2024-01-22 25:00:00",
        "2024-01-222",
        "0001-01-01",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_instant(text, HONG_KONG) is None


def test_a_date_of_zeros_stands_for_no_date() -> None:
    assert parse_instant("0000-00-00 00:00:00 +0800", HONG_KONG) == NO_DATE
