"""A language tag, and what it says of how a text is set."""

import re
import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl"]

#: CLDR's languages whose default script runs from right to left.
_RIGHT_TO_LEFT = frozenset(
    "ar arc azb ckb dv fa he iw ks lrc mzn nqo pnb ps sd ug ur yi".split()  # noqa: SIM905 - reads best as a text
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    "adlm arab aran armi hebr mand mend nkoo rohg samr syrc thaa".split()  # noqa: SIM905 - as above
)
#: The strong classes of Hebrew's and Arabic's letters.
_LEFTWARD = frozenset({"R", "AL"})
#: A language is two or three letters (BCP 47 §2.2.1): longer words, such as "English", are no tags in use.
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
#: BCP 47 §2.2.3: a script is a subtag of four letters.
_SCRIPT_LETTERS = 4


def language_tag(tag: str, *, otherwise: str = "und") -> str:
    """Give ``tag`` with hyphens where it is well formed (BCP 47 §2.1); else, undetermined, ``otherwise``."""
    hyphened = tag.strip().replace("_", "-")
    return hyphened if _TAG.fullmatch(hyphened) else otherwise


def direction(tag: str) -> Direction:
    """Give the direction a text in this language runs in."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_LETTERS and part.isalpha()), None)
    if script is not None:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def direction_of(text: str, tag: str) -> Direction:
    """Give the direction of a text whose tag may be wrong: most of its letters decide (UAX #9)."""
    classes = [unicodedata.bidirectional(letter) for letter in text]
    leftward = sum(each in _LEFTWARD for each in classes)
    rightward = classes.count("L")
    if leftward == rightward:
        return direction(tag)
    return "rtl" if leftward > rightward else "ltr"


def primary(tag: str) -> str:
    """Give the language without region and script, in lower case."""
    return tag.lower().partition("-")[0]
