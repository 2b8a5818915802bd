import pytest

from syndicate.digests.reading_time import minutes_to_read


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        ("", 1),
        ("<p>A short note.</p>", 1),
        ("<p>" + "word " * 238 + "</p>", 1),
        ("<p>" + "word " * 700 + "</p>", 3),
        ("<p>" + "漁" * 1_200 + "</p>", 3),
        ("<script>" + "word " * 5_000 + "</script>", 1),
    ],
)
def test_words_and_chinese_letters_are_counted_and_markup_is_not(html: str, minutes: int) -> None:
    assert minutes_to_read(html) == minutes
