import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.code_blocks import all_outside_code, code_ranges, first_outside_code

MARK = re.compile("<!--\\s*more\\s*-->")


@pytest.mark.parametrize(
    ("source", "start"),
    [
        ("a <!-- more --> b", 2),
        ("`<!-- more -->` <!--more-->", 16),
        ("```\n<!-- more -->\n```\n<!-- more -->", 22),
        ("    <!-- more -->\n", None),
        ("``\n", None),
    ],
)
def test_the_first_match_outside_of_code_is_found(source, start):
    found = first_outside_code(source, MARK)

    assert (found.start() if found else None) == start


def test_a_hundred_thousand_matches_in_code_take_no_time():
    started = time.process_time()

    assert first_outside_code("`<!-- more -->`\n" * 100_000, MARK) is None
    assert time.process_time() - started < 5


@given(
    st.lists(st.sampled_from(["X", "`", "``", "~~~", "```", "    ", "  ", "\t", "\n", "\n\n", "a"])).map(
        "".join
    )
)
def test_all_places_outside_of_code_are_found(source):
    ranges = list(code_ranges(source))
    places = [index for index, char in enumerate(source) if char == "X"]

    outside = [each for each in places if not any(start <= each < end for start, end in ranges)]
    assert list(all_outside_code(source, "X")) == outside
