"""Which catalogue speaks a page's language, and how CLDR names it.

Two tags are of one language where language and script are the same once the likely script is filled in
(UTS #35 §4.3): zh-TW is zh-Hant, and zh is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from syndicate.templating import plain_english

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
#: BCP 47 §2.2.3 and §2.2.4: a script has four letters; a region has two, or three digits.
_SCRIPT_LETTERS, _REGION_LETTERS, _REGION_DIGITS = 4, 2, 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A tag's parts that decide."""

    language: str
    script: str
    #: "" where the tag names none.
    region: str


#: What is asked for each page: the languages that we have words in. Babel's tables take 10 ms to be read.
_OURS = MappingProxyType(
    {
        ENGLISH: Spoken("en", "Latn", ""),
        "ar": Spoken("ar", "Arab", ""),
        "de": Spoken("de", "Latn", ""),
        "zh-Hant": Spoken("zh", "Hant", ""),
    }
)


def spoken(tag: str) -> Spoken:
    """Give what a tag means, with the likely script where it names none."""
    return _OURS.get(tag) or _looked_up(tag)


def _looked_up(tag: str) -> Spoken:
    from babel.core import get_global

    language, *rest = tag.replace("_", "-").split("-")
    language = get_global("language_aliases").get(language.lower(), language.lower())
    script = next((each.title() for each in rest[:1] if _is_script(each)), "")
    region = next((each.upper() for each in rest[:2] if _is_region(each)), "")
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return Spoken(language, script or full.partition("_")[2].partition("_")[0], region)


def matching(tag: str, available: Iterable[str]) -> list[str]:
    """Give the tags among ``available`` that speak the language of ``tag``, the nearest first."""
    wanted = spoken(tag)
    ranked = []
    for each in available:
        offered = spoken(each)
        same = (offered.language, offered.script) == (wanted.language, wanted.script)
        if same and offered.region in {wanted.region, ""}:
            ranked.append((offered.region == "", each))
    return [each for _, each in sorted(ranked)]


def locale_of(tag: str) -> str:
    """Give the name of CLDR's locale that writes dates and numbers for ``tag``; English where it has none."""
    found = None if tag == ENGLISH else known_locale(tag)
    return plain_english.LOCALE if found is None or str(found) == ENGLISH else str(found)


def known_locale(tag: str) -> "Locale | None":
    """Give CLDR's locale for ``tag``, or for the tag without its last parts."""
    from babel import Locale, UnknownLocaleError

    parts = tag.replace("_", "-").split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None


def _is_script(part: str) -> bool:
    return len(part) == _SCRIPT_LETTERS and part.isalpha()


def _is_region(part: str) -> bool:
    letters, digits = part.isalpha(), part.isdigit()
    return (letters and len(part) == _REGION_LETTERS) or (digits and len(part) == _REGION_DIGITS)
