from datetime import UTC, datetime, timedelta

import pytest

from syndicate.web.conditional import Validators, is_fresh

MODIFIED = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
HELD = Validators(tags=('"a"', '"a-gz"'), modified=MODIFIED)


@pytest.mark.parametrize("field", ['"a"', 'W/"a"', '"zzz", "a-gz"', "*"])
def test_a_client_that_holds_any_encoding_is_fresh(field):
    assert is_fresh(HELD, none_match=field, modified_since=None)


def test_another_tag_outweighs_a_date_that_would_do():
    assert not is_fresh(HELD, none_match='"b"', modified_since="Mon, 23 Nov 2026 07:00:00 GMT")


@pytest.mark.parametrize(
    ("field", "fresh"),
    [
        ("Mon, 23 Nov 2026 07:00:00 GMT", True),
        ("Mon, 23 Nov 2026 06:59:59 GMT", False),
        ("Mon, 23 Nov 2026 07:00:00 -0000", True),
        ("yesterday", False),
        (None, False),
    ],
)
def test_a_date_counts_where_no_tag_is_given(field, fresh):
    assert is_fresh(HELD, none_match=None, modified_since=field) is fresh


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "Mon, 23 Nov 2026 06:59:59 GMT"),
        (0.9, "Mon, 23 Nov 2026 06:59:59 GMT"),
        (1.0, "Mon, 23 Nov 2026 07:00:00 GMT"),
        (3_600.0, "Mon, 23 Nov 2026 07:00:00 GMT"),
    ],
)
def test_what_changes_twice_within_a_second_is_given_again_to_who_asks_by_date(seconds, said):
    given = HELD.last_modified(now=MODIFIED + timedelta(seconds=seconds))

    assert given == said
    assert is_fresh(HELD, none_match=None, modified_since=given) is (seconds >= 1)
