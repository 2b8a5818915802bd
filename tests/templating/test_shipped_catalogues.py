"""The translations that we ship, each held to the English it translates."""

import os
from pathlib import Path

import pytest

from syndicate.templating import shipped
from syndicate.templating.catalogue import faults, files, gaps, read
from syndicate.templating.locales import known_locale
from syndicate.templating.message import BRACES
from syndicate.templating.phrases import MESSAGES
from syndicate.templating.po_file import read_po
from syndicate.templating.pot import pot

KNOWN = frozenset(MESSAGES.values())
LANGUAGES = ["ar", "de", "zh-Hant"]


def catalogue(language: str) -> Path:
    return shipped() / "words" / f"{language}.po"


def test_these_languages_are_shipped() -> None:
    assert [path.stem for path in files(shipped())] == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_translated_without_a_fault(language: str) -> None:
    path = catalogue(language)

    assert [*faults(path, KNOWN), *gaps(path, KNOWN, partial=False)] == []
    assert read(path, KNOWN).forms.keys() == {each.source for each in KNOWN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_the_names_of_the_english_one(language: str) -> None:
    """Those for one number alone may leave it out; in German and Chinese none does."""
    forms = read(catalogue(language), KNOWN).forms
    lacking = {
        each.source
        for each in KNOWN
        for form in forms[each.source]
        if frozenset(BRACES.findall(form)) != each.names
    }

    counted = {each.source for each in KNOWN if each.plural}
    assert lacking == (counted if language == "ar" else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_told_apart_as_in_cldr(language: str) -> None:
    po = read_po(catalogue(language).read_bytes(), where=language, tag=language)
    locale = known_locale(language)
    assert locale is not None
    pairs = {(po.choose(number), locale.plural_form(number)) for number in range(2_000)}

    assert len(pairs) == len(po.alone) == len(locale.plural_form.tags | {"other"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_begins_or_ends_with_a_space_where_the_english_one_does_not(language: str) -> None:
    forms = read(catalogue(language), KNOWN).forms
    spaced = {source for source, said in forms.items() for form in said if form != form.strip()}

    assert spaced <= {MESSAGES["and_more"].source}
    assert not any(form[0].isalnum() for form in forms[MESSAGES["and_more"].source])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_has_its_note_beside_it(language: str) -> None:
    written = catalogue(language).read_text("utf-8").partition("\n\n")[2]
    blank = pot(MESSAGES).decode().partition("\n\n")[2]

    assert notes(written) == notes(blank)


def notes(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("#", "msgid"))]


def test_the_template_for_translators_is_up_to_date() -> None:
    path = shipped() / "words" / "messages.pot"
    if os.environ.get("SYNDICATE_RENEW_GOLDEN") == "1":
        path.write_bytes(pot(MESSAGES))

    assert path.read_bytes() == pot(MESSAGES)


def test_every_phrase_has_a_note_for_translators() -> None:
    assert [name for name, each in MESSAGES.items() if not each.note.endswith(".")] == []
