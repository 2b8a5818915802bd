from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from syndicate.posts import dates

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-22", "2024-01-21T16:00:00"),
        ("2024-01-22 12:00", "2024-01-22T04:00:00"),
        ("2024-01-22 12:00:00", "2024-01-22T04:00:00"),
        ("2024-01-22T12:00:00Z", "2024-01-22T12:00:00"),
        ("Jan 22 2024", "2024-01-21T16:00:00"),
    ],
)
def test_what_names_no_zone_is_in_the_sites(text, instant):
    assert dates.parse(text, HONG_KONG) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_seconds_may_mean_another_zone():
    found = dates.parse("2024-01-22 12:00:00", HONG_KONG, with_seconds=UTC)

    assert found == datetime(2024, 1, 22, 12, tzinfo=UTC)
