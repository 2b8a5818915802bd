import pytest

from syndicate.model.language import direction, direction_of, language_tag, primary


@pytest.mark.parametrize(
    ("tag", "runs"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("HE-il", "rtl"),
        ("ur-Latn", "ltr"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("zh-Hant", "ltr"),
        ("und", "ltr"),
        ("fa-AF", "rtl"),
    ],
)
def test_the_script_decides_the_direction_else_the_language(tag: str, runs: str) -> None:
    assert direction(tag) == runs


def test_a_texts_letters_overrule_a_wrong_tag() -> None:
    assert direction_of("الهدوء يعود إلى الميناء (GPS)", "en") == "rtl"
    assert direction_of("The harbour", "ar") == "ltr"
    assert direction_of("2026: 17", "ar") == "rtl"


def test_a_tag_that_is_none_is_undetermined() -> None:
    assert language_tag("en_GB") == "en-GB"
    assert language_tag('"><script>') == "und"
    assert language_tag("English") == "und"
    assert language_tag("", otherwise="en") == "en"
    assert primary("zh-Hant") == "zh"
