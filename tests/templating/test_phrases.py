from datetime import date
from pathlib import Path

import pytest

from syndicate.errors import TemplateError
from syndicate.templating import environment
from syndicate.templating.phrases import MESSAGES, broken_catalogues, phrases

NOWHERE = Path("nowhere")
HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

"""


def own(folder: Path, language: str, text: str) -> Path:
    path = folder / "words" / f"{language}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "3 November 2026"),
        ("en-US", "November 3, 2026"),
        ("de", "3. November 2026"),
        ("ar", "3 نوفمبر 2026"),
        ("ar-SY", "3 تشرين الثاني 2026"),
        ("zh-HK", "2026年11月3日"),
        ("fr", "3 November 2026"),
    ],
)
def test_a_date_is_written_as_the_words_are(language: str, day: str) -> None:
    assert phrases(language, NOWHERE).day(date(2026, 11, 3)) == day


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا منشورات"),
        (1, "منشور واحد"),
        (2, "منشوران"),
        (3, "3 منشورات"),
        (10, "10 منشورات"),
        (11, "11 منشورًا"),
        (99, "99 منشورًا"),
        (100, "100 منشور"),
        (102, "102 منشور"),
        (1_103, "1,103 منشورات"),
    ],
)
def test_arabic_counts_in_six_forms(number: int, said: str) -> None:
    assert phrases("ar", NOWHERE).count(number) == said


def test_numbers_are_written_as_in_the_language() -> None:
    assert phrases("de", NOWHERE).count(1_234) == "1.234 Beiträge"
    assert phrases("en", NOWHERE).count(1_234) == "1,234 posts"


@pytest.mark.parametrize("language", ["en", "en-GB"])
@pytest.mark.parametrize(
    ("count", "said"), [("600 / 200", "3 min"), ("700 / 200", "3.5 min"), ("10**6 / 600", "1,666.667 min")]
)
def test_a_quotient_in_a_template_is_written_as_numbers_are(language: str, count: str, said: str) -> None:
    template = environment(NOWHERE).from_string(f"{{{{ words.minutes.format(count={count}) }}}}")

    assert template.render(words=phrases(language, NOWHERE)) == said


def test_a_language_without_words_has_english_ones_and_says_so() -> None:
    words = phrases("fr-CA", NOWHERE)

    assert (words.language, words.direction, words.foreign) == ("en", "ltr", True)
    assert words.unsubscribe == "Unsubscribe"


@pytest.mark.parametrize(
    ("language", "spoken", "direction"),
    [("en-GB", "en", "ltr"), ("ar-EG", "ar", "rtl"), ("zh-TW", "zh-Hant", "ltr")],
)
def test_words_know_their_language_and_direction(language: str, spoken: str, direction: str) -> None:
    words = phrases(language, NOWHERE)

    assert (words.language, words.direction, words.foreign) == (spoken, direction, False)


def test_what_is_filled_into_words_from_right_to_left_is_isolated() -> None:
    assert phrases("ar", NOWHERE).sent_to.format(address="a@b.example") == (
        "أُرسلت إلى \N{FIRST STRONG ISOLATE}a@b.example\N{POP DIRECTIONAL ISOLATE}."
    )


def test_what_is_filled_into_words_from_left_to_right_is_as_it_is() -> None:
    assert phrases("de", NOWHERE).sent_to.format(address="a@b.example") == "Gesendet an a@b.example."


def test_an_own_catalogue_words_single_phrases_otherwise(tmp_path: Path) -> None:
    own(tmp_path, "de", 'msgid "Unsubscribe"\nmsgstr "Abmelden"\n')

    words = phrases("de-CH", tmp_path)

    assert words.unsubscribe == "Abmelden"
    assert words.view_in_browser == "Im Browser ansehen"


def test_english_is_worded_otherwise_too_also_where_it_stands_in(tmp_path: Path) -> None:
    own(tmp_path, "en", 'msgid "Unsubscribe"\nmsgstr "Leave"\n')

    assert phrases("en-GB", tmp_path).unsubscribe == "Leave"
    assert phrases("fr", tmp_path).unsubscribe == "Leave"


def test_an_own_catalogue_for_a_region_stands_before_ours_for_the_language(tmp_path: Path) -> None:
    own(tmp_path, "zh-Hant-HK", 'msgid "Visit the site"\nmsgstr "瀏覽網站"\n')

    assert phrases("zh-HK", tmp_path).visit_site == "瀏覽網站"
    assert phrases("zh-TW", tmp_path).visit_site == "前往網站"


def test_an_own_catalogue_adds_a_language_with_its_own_plural_forms(tmp_path: Path) -> None:
    own(
        tmp_path,
        "pl",
        HEAD + 'msgid "{count} post"\nmsgid_plural "{count} posts"\nmsgstr[0] "jeden wpis"\n'
        'msgstr[1] "{count} wpisy"\nmsgstr[2] "{count} wpisów"\n',
    )

    words = phrases("pl", tmp_path)

    assert [words.count(number) for number in (1, 3, 5, 1_000_022)] == [
        "jeden wpis",
        "3 wpisy",
        "5 wpisów",
        "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}022 wpisy",
    ]
    assert (words.language, words.foreign) == ("pl", False)
    assert words.unsubscribe == "Unsubscribe"


def test_a_catalogue_that_changes_is_read_anew(tmp_path: Path) -> None:
    own(tmp_path, "de", 'msgid "Open"\nmsgstr "Auf"\n')
    before = phrases("de", tmp_path).open
    own(tmp_path, "de", 'msgid "Open"\nmsgstr "Los"\n')

    assert (before, phrases("de", tmp_path).open) == ("Auf", "Los")


def test_what_is_marked_fuzzy_is_not_used(tmp_path: Path) -> None:
    own(tmp_path, "de", '#, fuzzy\nmsgid "Unsubscribe"\nmsgstr "Vielleicht"\n')

    assert phrases("de", tmp_path).unsubscribe == "Abbestellen"


COUNTED = 'msgid "{count} post"\nmsgid_plural "{count} posts"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Open"\nmsgstring "x"\n', "7: Unknown or misformatted keyword; mend the catalogue"),
        ('msgid "Open"\n\nmsgid "Feed"\nmsgstr "x"\n', "6: missing msgstr for msgid 'Open'; mend"),
        ('msgid "Open"\nmsgstr "<b>x</b>"\n', "6: '<b>x</b>' holds markup, which would be shown"),
        ('msgid "Open"\nmsgstr "a &amp; b"\n', "6: 'a &amp; b' holds markup"),
        ('msgid "Open"\nmsgstr "a\\nb"\n', "6: 'a\\nb' holds a line break or a control character"),
        ('msgid "Open"\nmsgstr "{list}"\n', "6: '{list}' must have nothing in braces, as in English"),
        (
            'msgid "It was sent to {address}."\nmsgstr "Do {adres}."\n',
            "6: 'Do {adres}.' must have {address} in braces",
        ),
        (
            'msgid "It was sent to {address}."\nmsgstr "{address} {address.__class__}"\n',
            "6: '{address} {address.__class__}' has a brace that nothing fills in",
        ),
        ('msgid "{count} post"\nmsgstr "x {count}"\n', "6: '{count} post' has msgid_plural "),
        (COUNTED + 'msgstr[0] "a"\nmsgstr[1] "b {count}"\n', "6: '{count} post' needs 3 forms"),
        (COUNTED + 'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c {count}"\n', "6: 'b' must have {count}"),
        (COUNTED + 'msgstr[7] "a"\n', "6: msg has more translations than num_plurals"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(tmp_path: Path, text: str, fault: str) -> None:
    path = own(tmp_path, "pl", HEAD + text)

    found = list(broken_catalogues(tmp_path))

    assert found[0].startswith(f"{path}:{fault}")
    with pytest.raises(TemplateError) as caught:
        phrases("pl", tmp_path)
    assert str(caught.value) == found[0]


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=2; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
        "nplurals=3; plural=__import__('os');",
        "nplurals=INTEGER; plural=EXPRESSION;",
        "nplurals=; plural=0;",
        "nplurals=0; plural=0;",
        "nplurals=99999999999; plural=0;",
        "nplurals=2; plural=1/(n-3);",
        f"nplurals=2; plural={'(' * 900}n{')' * 900};",
    ],
)
def test_a_rule_of_plurals_that_cannot_be_followed_is_named_with_its_line(tmp_path: Path, rule: str) -> None:
    path = own(tmp_path, "pl", f'msgid ""\nmsgstr ""\n"Plural-Forms: {rule}\\n"\n\n{COUNTED}msgstr[0] "a"\n')

    (fault,) = broken_catalogues(tmp_path)

    assert fault.startswith(f"{path}:3: Plural-Forms can't be followed (")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("pl.po", b'msgid ""\nmsgstr "\xff"\n', "pl.po:2: is not UTF-8; save it as UTF-8"),
        ("polish.po", b"", "polish.po: its name is no language; name it by a BCP 47 tag, such as pt-BR.po"),
        ("pl.po", b"\x00\x01", "pl.po:1: Unknown or misformatted keyword; mend the catalogue"),
    ],
)
def test_a_file_that_is_no_catalogue_is_named(tmp_path: Path, name: str, content: bytes, fault: str) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / name).write_bytes(content)

    assert list(broken_catalogues(tmp_path)) == [f"{tmp_path / 'words'}/{fault}"]


def test_what_a_new_language_lacks_is_counted_and_what_is_nobodys_is_named(tmp_path: Path) -> None:
    path = own(tmp_path, "pl", 'msgid "Open"\nmsgstr "Otwórz"\n\nmsgid "Oppen"\nmsgstr "Otwórz"\n')

    assert list(broken_catalogues(tmp_path)) == [
        f"{path}:4: 'Oppen' is no phrase (any more); take it out",
        f"{path}: {len(MESSAGES) - 1} of {len(MESSAGES)} phrases have no translation and are English",
    ]


def test_a_few_phrases_of_a_language_that_we_ship_lack_nothing(tmp_path: Path) -> None:
    own(tmp_path, "de-AT", 'msgid "Open"\nmsgstr "Aufmachen"\n')

    assert list(broken_catalogues(tmp_path)) == []
