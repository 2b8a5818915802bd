import pytest

from syndicate.errors import EditionError
from syndicate.schedule.moving import numbered


@pytest.mark.parametrize(("said", "number"), [("7", 7), ("007", 7), ("0", 0), ("999999999", 999_999_999)])
def test_digits_are_an_editions_number(said, number):
    assert numbered(said) == number


@pytest.mark.parametrize("said", ["gazette", "", "-1", "1.5", "٣", "²", "12a"])
def test_anything_else_is_none(said):
    assert numbered(said) is None


@pytest.mark.parametrize("said", ["9" * 10, "9" * 20, "9" * 5_000])
def test_a_number_that_no_store_holds_is_none_of_an_edition(said):
    with pytest.raises(EditionError, match="there is none of that number"):
        numbered(said)


def test_zeros_before_a_number_are_no_part_of_it():
    assert numbered("0" * 5_000 + "3") == 3
