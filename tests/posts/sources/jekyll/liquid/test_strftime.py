"""Values that Ruby 3.1 gave."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from syndicate.posts.sources.jekyll.liquid.strftime import strftime

WHEN = datetime(2024, 1, 2, 3, 4, 5, 678_000, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%Y-%m-%d %H:%M:%S %z", "2024-01-02 03:04:05 -0330"),
        ("%-d %B %y, %A %e %j", "2 January 24, Tuesday  2 002"),
        ("%I:%M %p %l %P %k", "03:04 AM  3 am  3"),
        ("%^b %^A %3d %_d %-m %#p", "JAN TUESDAY 002  2 1 am"),
        ("%F %T %R %D %C %u %w %U %W %V %G %g", "2024-01-02 03:04:05 03:04 01/02/24 20 2 2 00 01 01 2024 24"),
        ("%:z %::z %L %N %s %%", "-03:30 -03:30:00 678 678000000 1704177245 %"),
        ("%10B|%010Y|%-H", "   January|0000002024|3"),
        ("%! %", "%! %"),
        ("%c|%v|%r|%x|%X", "Tue Jan  2 03:04:05 2024| 2-JAN-2024|03:04:05 AM|01/02/24|03:04:05"),
    ],
)
def test_directives_give_what_ruby_gives(pattern: str, text: str) -> None:
    assert strftime(WHEN, pattern) == text


def test_a_zones_name_is_its_own() -> None:
    assert strftime(WHEN.astimezone(UTC), "%Z %z") == "UTC +0000"
