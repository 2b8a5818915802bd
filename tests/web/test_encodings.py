import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.web.encodings import preferred


@pytest.mark.parametrize(
    ("field", "codings"),
    [
        ("", []),
        ("identity", []),
        ("gzip", ["gzip"]),
        ("gzip, br", ["br", "gzip"]),
        ("GZIP;Q=1.0, BR;Q=0.5", ["gzip", "br"]),
        ("*", ["br", "gzip"]),
        ("br;q=0, *", ["gzip"]),
        ("gzip;q=0", []),
        ("gzip; q = 0.000", []),
        ("gzip;q=nonsense, br", ["br"]),
        ("zstd, deflate", []),
    ],
)
def test_a_client_gets_what_it_likes_best_and_the_smallest_of_equals(field, codings):
    assert [each.coding for each in preferred(field)] == codings


@given(st.text())
def test_no_field_whatever_it_holds_is_an_error(field):
    assert {each.coding for each in preferred(field)} <= {"br", "gzip"}
