from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.addresses import Place, UndatedError, fill, tidy

PLACE = Place(path="2024/ferry", slug="ferry", collection="notes", date=datetime(2024, 5, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:path/", "/2024/ferry/"),
        ("/:collection/:year/:month/:day/:slug.html", "/notes/2024/05/06/ferry.html"),
        ("blog//:slug", "/blog/ferry"),
        ("/:nothing/:slug/", "/:nothing/ferry/"),
    ],
)
def test_a_pattern_is_filled_in(pattern, path):
    assert fill(pattern, PLACE) == path


def test_a_pattern_may_ask_for_a_date_that_is_not_there():
    place = Place(path="ferry", slug="ferry", collection="notes", date=None)

    assert fill("/:path/", place) == "/ferry/"
    with pytest.raises(UndatedError, match="year"):
        fill("/:year/", place)


@given(st.text())
def test_no_address_climbs_out_of_the_site(text):
    path = tidy(text)

    assert path.startswith("/")
    assert not path.startswith("//")
    assert ".." not in path.split("/")
    assert path.isascii()
