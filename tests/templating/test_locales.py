import pytest

from syndicate.templating.locales import locale_of, matching, spoken

AVAILABLE = ["ar", "de", "zh-Hant"]


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("de", ["de"]),
        ("de-AT", ["de"]),
        ("DE_ch", ["de"]),
        ("zh-Hant", ["zh-Hant"]),
        ("zh-Hant-HK", ["zh-Hant"]),
        ("zh-TW", ["zh-Hant"]),
        ("zh-HK", ["zh-Hant"]),
        ("zh-MO", ["zh-Hant"]),
        ("zh", []),
        ("zh-Hans-HK", []),
        ("zh-CN", []),
        ("ar-Latn", []),
        ("fr", []),
        ("und", []),
        ("x-nonsense", []),
        ("", []),
    ],
)
def test_a_language_is_found_by_what_its_tag_means(tag: str, found: list[str]) -> None:
    assert matching(tag, AVAILABLE) == found


@pytest.mark.parametrize("tag", ["en", "ar", "de", "zh-Hant"])
def test_what_our_own_languages_mean_is_what_babel_says(tag: str) -> None:
    assert spoken(tag) == spoken(tag.upper())  # which is no name of ours, and looked up


def test_the_region_comes_before_the_language_at_large() -> None:
    assert matching("pt-BR", ["pt", "pt-PT", "pt-BR"]) == ["pt-BR", "pt"]


def test_a_language_with_two_names_is_one() -> None:
    assert matching("iw", ["he"]) == ["he"]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "en_001"),
        ("en-US", "en_US"),
        ("de-AT", "de_AT"),
        ("de-XQ", "de"),
        ("zh-HK", "zh_Hant_HK"),
        ("zh-Hant-x-private", "zh_Hant"),
        ("tlh", "en_001"),
        ("", "en_001"),
    ],
)
def test_dates_follow_the_nearest_locale_that_cldr_knows(tag: str, name: str) -> None:
    assert locale_of(tag) == name
