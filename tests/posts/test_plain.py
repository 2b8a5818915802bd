"""Text as a reader may see it."""

from hypothesis import example, given
from hypothesis import strategies as st

from syndicate.posts.plain import clean, is_unclean, one_line

#: Letters, and what stands at the edges of all that is forbidden.
CHARACTERS = st.sampled_from("ab\t\n\r \x00\x08\x0b\x1f\x7f\x80\x84\x85\x86\x9f\xa0©é\ufffd\ufffe\uffff😀")


@given(st.text(CHARACTERS) | st.text(st.characters(exclude_categories=["Cs"])))
@example("\x85")
@example("©\x84")
@example("é\x9f")
@example("a\uffff")
def test_a_text_is_unclean_where_cleaning_it_takes_something_away(text: str) -> None:
    assert is_unclean(text, encoded=text.encode()) == (clean(text) != text)


@given(
    st.lists(st.sampled_from([" ", "  ", "\n", "\t", "\x1c", "\x85", "\xa0", "\u3000", "\x00", "a", "é神"]))
)
@example([" ", "a"])
@example(["a", "  ", "a"])
@example(["a", "\u3000", "a"])
def test_one_line_has_one_space_for_each_run_of_white_space(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert one_line(text) == " ".join(clean(text).split())
