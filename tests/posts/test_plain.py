"""Text as a reader may see it."""

from hypothesis import example, given
from hypothesis import strategies as st

from syndicate.posts.plain import clean, is_unclean

#: Letters, and what stands at the edges of all that is forbidden.
CHARACTERS = st.sampled_from("ab\t\n\r \x00\x08\x0b\x1f\x7f\x80\x84\x85\x86\x9f\xa0©é\ufffd\ufffe\uffff😀")


@given(st.text(CHARACTERS) | st.text(st.characters(exclude_categories=["Cs"])))
@example("\x85")
@example("©\x84")
@example("é\x9f")
@example("a\uffff")
def test_a_text_is_unclean_where_cleaning_it_takes_something_away(text: str) -> None:
    assert is_unclean(text, encoded=text.encode()) == (clean(text) != text)
