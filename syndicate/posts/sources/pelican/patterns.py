"""A site's own regular expressions, tried only where they can't take for ever."""

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

_QUANTIFIER = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(\)?)([*+]|\{\d*,?\d*\})", re.DOTALL)
_BACKREFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
#: Each doubles the ways in which a text may be read.
_CHOICE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|([?|])", re.DOTALL)
#: Steps that a match may take in the worst case.
_MAX_STEPS = 5_000_000
_LARGEST_COUNT = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A checked expression."""

    text: str
    #: How many of its parts may each match any length: a match costs the text's length to this power.
    loops: int
    #: How often it may go on in two ways: each doubles that cost.
    choices: int

    def steps(self, text: str) -> int:
        """Give how many steps one match at one place of ``text`` may take."""
        length = max(len(text), 1)
        return int(length**self.loops) << self.choices

    def groups(self, text: str) -> dict[str, str]:
        """Give what the named groups match at the beginning; none where that may take too long."""
        found = re.match(self.text, text) if self.steps(text) <= _MAX_STEPS else None
        named = found.groupdict() if found else {}
        return {name: value for name, value in named.items() if value is not None}

    def replaced(self, text: str, replacement: str) -> str:
        """Give ``text`` with every match replaced, in no particular case."""
        if self.steps(text) * len(text) > _MAX_STEPS:
            return text
        try:
            return re.sub(self.text, replacement, text, flags=re.IGNORECASE)
        except (re.error, IndexError):  # the replacement asks for a group that isn't there
            return text


def checked(text: str) -> Pattern | None:
    """Give the expression; ``None`` when it is none, or a loop within a loop could take for ever."""
    loops = _loops(text)
    if loops is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return None
    return Pattern(text=text, loops=loops, choices=sum(1 for each in _CHOICE.finditer(text) if each[1]))


def _loops(text: str) -> int | None:
    if len(text) > 1_000 or _BACKREFERENCE.search(text):  # noqa: PLR2004 - nobody's pattern is longer
        return None
    found = 0
    for match in _QUANTIFIER.finditer(text):
        if match[2] is None:
            continue
        if match[1]:
            return None
        found += _is_open(match[2])
    return found


def _is_open(quantifier: str) -> bool:
    counts: Iterable[str] = re.findall(r"\d+", quantifier)
    return "," in quantifier or quantifier in "*+" or any(int(each) > _LARGEST_COUNT for each in counts)
