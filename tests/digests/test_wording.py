from hypothesis import given
from hypothesis import strategies as st

from syndicate.digests.wording import seen, shortened


def test_a_text_is_cut_between_words() -> None:
    assert shortened("The ferry is back at last", 14) == "The ferry is…"


def test_a_script_without_spaces_is_cut_between_letters() -> None:
    assert shortened("漁船今天早上回到港口", 6) == "漁船今天早…"


def test_what_nobody_sees_is_gone() -> None:
    assert seen(" One\r\n\ttwo\x00 \u202ethree ") == "One two three"


@given(st.text(), st.integers(2, 60))
def test_a_shortened_text_is_short_and_begins_as_it_did(text: str, letters: int) -> None:
    line = seen(text)
    short = shortened(line, letters)

    assert len(short) <= letters
    assert short == line or line.startswith(short.removesuffix("…"))
