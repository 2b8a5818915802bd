import pytest

from syndicate.digests.fonts import is_dense, script_of, stack


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("en", ""),
        ("ru", ""),
        ("zh", "hans"),
        ("zh-Hans-SG", "hans"),
        ("zh-Hant", "hant"),
        ("zh-HK", "hant"),
        ("yue-Hant", "hant"),
        ("ja", "ja"),
        ("ko-KR", "ko"),
        ("ar", "rtl"),
        ("he", "rtl"),
        ("und", ""),
    ],
)
def test_a_language_is_set_in_the_fonts_of_its_script(language: str, script: str) -> None:
    assert script_of(language) == script


def test_dense_scripts_are_those_without_spaces_between_words() -> None:
    assert [each for each in ("en", "zh", "ja", "ko", "ar") if is_dense(each)] == ["zh", "ja", "ko"]


@pytest.mark.parametrize(
    ("font", "language", "family"),
    [
        ("serif", "en", "Georgia, Times New Roman, serif"),
        ("Charter", "zh-Hant", "Charter, Songti TC, Noto Serif CJK TC, Microsoft JhengHei, serif"),
        ("Charter, Georgia, serif", "en", "Charter, Georgia, serif"),
        ("Inter, sans-serif", "en", "Inter, sans-serif"),
        ("'Source Sans 3', Arial, sans-serif", "en", "'Source Sans 3', Arial, sans-serif"),
        ("Charter", "en", "Charter, serif"),
        (" , ", "en", "serif"),
    ],
)
def test_a_family_ends_in_its_kind_and_quotes_what_needs_it(font: str, language: str, family: str) -> None:
    assert stack(font, language) == family
