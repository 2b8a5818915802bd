import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.colour import LEAST_CONTRAST, contrast, is_colour, mixed, on, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "#123456\n", "rgb(1,2,3)"])
def test_only_six_digits_are_a_colour(text: str) -> None:
    assert not is_colour(text)


def test_a_mix_lies_between_the_two() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#102030", "#ffffff", 0) == "#102030"


@given(COLOURS)
def test_white_or_black_is_read_on_any_ground(ground: str) -> None:
    assert contrast(on(ground), ground) >= LEAST_CONTRAST


@given(COLOURS, COLOURS)
def test_a_colour_is_made_readable_without_going_further_than_the_text(colour: str, ground: str) -> None:
    text = on(ground)

    found = readable(colour, [ground], towards=text)

    assert contrast(found, ground) >= LEAST_CONTRAST


def test_a_colour_that_is_read_already_stays() -> None:
    assert readable("#8b2e16", ["#ffffff"], towards="#000000") == "#8b2e16"
