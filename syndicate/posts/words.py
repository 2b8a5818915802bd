"""How long a text is, in words."""

import re

#: Up to this many an opening goes: Hugo's ``summaryLength``.
OPENING_WORDS = 70

_MARKUP = re.compile(r"<[^<>]*>|!?\[|\]\([^()\s]*\)")
_WORD = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
    r"|[^\W\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)


def count_words(source: str) -> int:
    """Give the number of words, markup left out; a Chinese, Japanese or Korean character counts as one."""
    return sum(1 for _ in _WORD.finditer(_MARKUP.sub(" ", source)))
