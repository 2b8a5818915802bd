import sys

from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.words import count_words

#: Chinese, Japanese and Korean, from the first to the last character.
BLOCKS = (
    ("\u1100", "\u11ff"),
    ("\u2e80", "\u9fff"),
    ("\ua960", "\ua97f"),
    ("\uac00", "\ud7ff"),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9f"),
    ("\U00020000", "\U0003ffff"),
)


def counts_alone(character: str) -> bool:
    return any(first <= character <= last for first, last in BLOCKS)


def test_characters_of_chinese_japanese_and_korean_count_alone_and_no_others():
    every = map(chr, range(sys.maxunicode + 1))

    assert [each for each in every if counts_alone(each) != (count_words(each * 2) == 2)] == []


TEXT = st.characters(exclude_characters="<>[]()!") | st.sampled_from("a1_ -\u4e00\u3001\uac00\U00020000")


@given(st.text(TEXT))
def test_words_are_counted_as_one_reads(text):
    words, within = 0, False
    for character in text:
        alone = counts_alone(character)
        letter = (character.isalnum() or character == "_") and not alone
        words += alone or (letter and not within)
        within = letter

    assert count_words(text) == words
