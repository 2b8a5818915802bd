import pytest

from syndicate.posts.latin import in_ascii, without_accents


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Déjà vu", "Deja vu"),
        ("Straße, Łódź, Ærø", "Strasse, Lodz, AEro"),
        ("a 🎉 b", "a  b"),
        ("渡輪", None),
    ],
)
def test_latin_letters_lose_their_accents_and_symbols_go(text, plain):
    assert in_ascii(text) == plain


def test_other_letters_stay_where_they_may():
    assert without_accents("é 渡") == "e 渡"
