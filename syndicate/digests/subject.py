"""The line that an inbox shows first."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from syndicate.digests.wording import seen, shortened
from syndicate.errors import SettingsError

_BRACES = re.compile(r"\{([^{}]*)\}")
#: Phones show some 40 letters of a subject, desktops up to 100.
_LETTERS = 110
#: The first post's title keeps at least so many, whatever stands around it.
_TITLE_LETTERS = 20
#: A subject shorter than that (Chinese titles are) also names the list.
_TERSE_LETTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a list's subject line may say in braces."""

    #: The list's.
    title: str
    first_title: str
    #: Begins with a space; "" where there is one post only.
    and_more: str
    count: str
    date: str
    #: The edition's, as `edition list` shows it.
    number: str


def check(template: str, *, where: str) -> None:
    """Refuse a subject line with a word in braces that is not filled in."""
    known = [each.name for each in fields(Words)]
    for word in _BRACES.findall(seen(template)):
        if word not in known:
            raise SettingsError(
                f"{where}: {{{word}}} is not known; use {' '.join(f'{{{each}}}' for each in known)}"
            )


def subject(template: str, words: Words, *, list_name: str) -> str:
    """Fill in a list's subject line; only the known words in braces are replaced."""
    check(template, where=f'lists "{list_name}": subject')
    known: dict[str, str] = asdict(words)
    line = seen(template)
    around = len(_filled(line, {**known, "first_title": ""}))
    known["first_title"] = shortened(words.first_title, max(_TITLE_LETTERS, _LETTERS - around))
    filled = shortened(seen(_filled(line, known)), _LETTERS + _TITLE_LETTERS)
    if len(filled) < _TERSE_LETTERS and words.title not in filled:
        return " · ".join(filter(None, (filled, words.title)))
    return filled


def _filled(template: str, words: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda match: words[match[1]], template)
