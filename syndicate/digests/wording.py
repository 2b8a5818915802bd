"""Texts cut and cleaned for a single line."""

import re

#: C0, DEL and C1 but for white space, and the marks that reorder what stands around them (UAX #9).
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
#: What looks lost before an ellipsis: white space, commas, dots, and dashes of any length.
_LOOSE_END = " ,;:.-\u2013\u2014\u3001\uff0c"


def seen(text: str) -> str:
    """Give one line of text without what nobody sees: control characters and stray white space."""
    return " ".join(_UNSEEN.sub("", text).split())


def shortened(text: str, letters: int) -> str:
    """Cut ``text`` between words, with an ellipsis, where it is longer than ``letters``."""
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    at = cut.rfind(" ")
    # Chinese and Japanese write no spaces: there the cut is between letters.
    return (cut[:at] if at > letters // 2 else cut).rstrip(_LOOSE_END) + "…"
