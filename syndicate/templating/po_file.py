"""A gettext catalogue in its own form, ``.po``, as it is read: nothing is compiled that could go stale.

Babel's traps, which stop here: it raises whatever it likes on a broken head, counts lines from 0 in errors
and from 1 in messages, lets a head name another encoding, and makes as many forms as a head says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syndicate.errors import TemplateError
from syndicate.templating.locales import known_locale

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

#: What Babel raises on heads that it can't make sense of, and ``c2py`` on rules.
_BROKEN = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError)
_HEAD = re.compile(r'(?m)^"Plural-Forms:')
_COUNT = re.compile(r"(?i)\bnplurals\s*=\s*([^;\"\s]{0,20})")
#: Arabic has six, and nobody more.
_COUNTS = frozenset("123456")
#: Every language's rule repeats itself within a hundred; a thousand for good measure.
_NUMBERS = range(1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message of a catalogue."""

    line: int
    source: str
    #: "" where nothing is counted.
    plural: str
    #: One, or as many as the language has forms; all "" where it isn't translated yet.
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoFile:
    """A catalogue, read but not judged."""

    entries: tuple[Entry, ...]
    #: Gives the form for a number.
    choose: Callable[[int], int]
    #: By form, the only number it is for; ``None`` where it is for several.
    alone: tuple[int | None, ...]


def read_po(content: bytes, *, where: str, tag: str) -> PoFile:
    """Read a catalogue of the language ``tag``; what is marked fuzzy is not translated.

    ``TemplateError`` names the first line that can't be read.
    """
    text = _decoded(content, where)
    _check_count(text, where)
    catalog = _catalog(text, where=where, tag=tag)
    try:
        choose, alone = _plural(catalog.plural_expr, catalog.num_plurals)
    except _BROKEN as error:
        raise _unruly(text, where, str(error)) from error
    entries = tuple(
        Entry(
            line=each.lineno or 1,
            source=_first(each.id),
            plural=each.id[1] if isinstance(each.id, tuple) else "",
            forms=("",) if each.fuzzy else _forms(each.string),
        )
        for each in catalog
        if each.id
    )
    return PoFile(entries=entries, choose=choose, alone=alone)


def _decoded(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TemplateError(f"{where}:{line}: is not UTF-8; save it as UTF-8") from error


def _catalog(text: str, *, where: str, tag: str) -> "Catalog":
    from babel.messages import pofile

    locale = known_locale(tag)
    try:
        return pofile.read_po(text.splitlines(), locale=locale, ignore_obsolete=True, abort_invalid=True)
    except pofile.PoFileError as error:
        said = " ".join(str(error).rpartition(" on ")[0].split())
        raise TemplateError(f"{where}:{error.lineno + 1}: {said}; mend the catalogue") from error
    except _BROKEN as error:
        raise TemplateError(f"{where}:1: can't be read ({error}); mend the catalogue") from error


def _plural(expression: str, count: int) -> tuple[Callable[[int], int], tuple[int | None, ...]]:
    """Give the rule of a head, and what each of its forms is for."""
    # What GNUTranslations reads the rule with; it knows C's operators and "n", and runs nothing else.
    from gettext import c2py

    rule = c2py(expression)
    numbers: list[list[int]] = [[] for _ in range(count)]
    for number in _NUMBERS:
        numbers[rule(number)].append(number)

    def choose(number: int) -> int:
        """Follow the rule where it has been tried."""
        return rule(number if number in _NUMBERS else _NUMBERS.stop - 100 + number % 100)

    return choose, tuple(found[0] if len(found) == 1 else None for found in numbers)


def _check_count(text: str, where: str) -> None:
    """Refuse a head of more forms than any language has, before there is a list of them."""
    found = _COUNT.search(text)
    if found and found[1] not in _COUNTS:
        raise _unruly(text, where, f"{found[1] or 'no'} forms")


def _unruly(text: str, where: str, reason: str) -> TemplateError:
    found = _HEAD.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    return TemplateError(f"{where}:{line}: Plural-Forms can't be followed ({reason}); mend the head")


def _first(identity: str | tuple[str, ...] | list[str]) -> str:
    return identity if isinstance(identity, str) else identity[0]


def _forms(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, tuple | list) else (str(string or ""),)
