"""Language tags (BCP 47), and which way their script runs."""

import re
from typing import Literal

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_SCRIPT_LENGTH = 4


def tag(*candidates: str) -> str:
    """Give the first of the candidates that is a language tag, else "en"."""
    written = (each.strip().replace("_", "-") for each in candidates)
    return next((each for each in written if _TAG.fullmatch(each)), "en")


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Give the direction a language is written in; a script in the tag decides (``az-Arab``)."""
    primary, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_LENGTH and part.isalpha()), "")
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in _RIGHT_TO_LEFT_LANGUAGES else "ltr"
