"""How long a text takes to read."""

import math
import re

#: Silent reading of English non-fiction (Brysbaert 2019, "How many words do we read per minute?").
_WORDS_PER_MINUTE = 238
#: Chinese and Japanese are counted in letters; as usual for news on screens.
_LETTERS_PER_MINUTE = 400
_MARKUP = re.compile(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>")
_WIDE_LETTER = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"\w+(?:['\u2019.,-]\w+)*")


def minutes_to_read(html: str) -> int:
    """Give whole minutes, at least one."""
    text = _MARKUP.sub(" ", html)
    letters = len(_WIDE_LETTER.findall(text))
    words = len(_WORD.findall(_WIDE_LETTER.sub(" ", text)))
    return max(1, math.ceil(words / _WORDS_PER_MINUTE + letters / _LETTERS_PER_MINUTE - 0.25))
