import pytest

from syndicate.settings.languages import is_language, likely_language


@pytest.mark.parametrize(
    "tag", ["en", "EN", "de-AT", "pt_BR", "zh-Hant-HK", "sr-Latn", "ast", "iw", "sl-rozaj-biske-1994"]
)
def test_a_language_with_region_script_or_variant_is_one(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "x", "xx", "xx-nonsense", "English", "en--US", "en US", "und"])
def test_what_names_no_language_is_none(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(
    ("text", "meant"), [("German", "de"), ("deutsch", "de"), ("  العربية ", "ar"), ("Swiss German", "gsw")]
)
def test_a_languages_name_is_known_for_its_tag(text: str, meant: str) -> None:
    assert likely_language(text) == f'did you mean "{meant}"?'


def test_for_anything_else_the_form_is_told() -> None:
    assert likely_language("xx-nonsense") == 'use a BCP 47 tag such as "en", "pt-BR" or "zh-Hant"'
