import time

import pytest

from syndicate.posts.headings import first_heading


@pytest.mark.parametrize(
    "text",
    ["", "#hash\n", "####### 7\n", "    # a\n", "- a\n===\n", "> a\n===\n", "a\nb\n===\n", "===\n"],
)
def test_what_is_no_heading_is_none(text):
    assert first_heading(text) is None


def test_a_heading_is_taken_out_of_the_text():
    found = first_heading("\n\n# The ferry ##\n\n\nText.\n")

    assert found is not None
    assert (found.heading, found.opens, found.body) == ("The ferry", True, "Text.\n")


def test_a_million_marks_take_no_time():
    hostile = ("# " * 500_000, "#" * 1_000_000, "=\n" * 500_000, "a\n=" * 300_000, "# a" + " " * 500_000)
    started = time.process_time()

    for text in hostile:
        first_heading(text)

    assert time.process_time() - started < 5
