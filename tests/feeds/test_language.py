import pytest

from syndicate.feeds.language import direction, tag


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [(("zh_Hant",), "zh-Hant"), (("English!", "pt"), "pt"), (("", " "), "en"), (("pt-BR", "en"), "pt-BR")],
)
def test_the_first_real_tag_is_taken(candidates: tuple[str, ...], expected: str) -> None:
    assert tag(*candidates) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "ltr"),
        ("ar-EG", "rtl"),
        ("HE", "rtl"),
        ("az-Arab", "rtl"),
        ("ur-Latn", "ltr"),
        ("zh-Hant", "ltr"),
    ],
)
def test_the_script_decides_the_direction(language: str, expected: str) -> None:
    assert direction(language) == expected
