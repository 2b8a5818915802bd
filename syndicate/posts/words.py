"""How long a text is, in words."""

import re

#: Up to this many an opening goes: Hugo's ``summaryLength``.
OPENING_WORDS = 70

_MARKUP = re.compile(r"<[^<>]*>|!?\[|\]\([^()\s]*\)")
#: What Chinese, Japanese and Korean are written in: all but what is named here, for that is less, and ``re``
#: goes through every character of a class.
_CHARACTER = re.compile(
    "[^\0-\u10ff\u1200-\u2e7f\ua000-\ua95f\ua980-\uabff\ud800-\uf8ff\ufb00-\uff65\uffa0-\U0001ffff"
    "\U00040000-\U0010ffff]"
)
_WORD = re.compile(r"\w+")


def count_words(source: str) -> int:
    """Give the number of words, markup left out; a Chinese, Japanese or Korean character counts as one."""
    others, characters = _CHARACTER.subn(" ", _MARKUP.sub(" ", source))
    return characters + len(_WORD.findall(others))
