"""The head that most posts have, one plain pair a line, read at a third of libyaml's cost. Pure.

What isn't certain is left to libyaml: ``limited_yaml`` asks here first, and a test holds both equal on
whatever is read here.
"""

import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence

from syndicate.posts.mapping import Mapping

#: By the first character of a plain value, what makes another type of it than text: PyYAML's own table.
Types = Pairs[str, Sequence[tuple[str, re.Pattern[str]]]]

#: How a plain value may begin: with nothing that means something to YAML there, but for what ``Types`` say.
_FIRST = r"""[^ !"\#$%&')*,:;>?@[\\\]^`{|}-]"""
#: A pair, whose value is in quotes, plain, a list in brackets or none; else a comment, or nothing. No escapes
#: and no marks within a value, and no second line of one. Taken is taken: that halves its cost.
_LINE = re.compile(
    rf"""([A-Za-z_][A-Za-z0-9_-]{{0,60}}+)[ ]*+:(?:[ ]++(?:
        "([^"\\]*+)" | '([^']*+)' | ({_FIRST}[^:\#]*+(?::(?=[^ :])[^:\#]*+)*)
        | \[([^][{{}}"':\#?&*!|>%@`]*+)\]
    ))?[ ]*+ | \#.*+ | [ ]*+""",
    re.VERBOSE,
)
_KEY, _PLAIN, _LIST = 1, 4, 5
_ITEM = re.compile(_FIRST)


class _UncertainError(Exception):
    """What looks like a number, a "yes" or nothing at all."""


def read_flat(text: str, types: Types) -> Mapping | None:
    """Give the pairs in ``text`` where all of it is plain, and each key stands there once; else ``None``."""
    # Neither tabs, nor ends of lines but one, nor marks of the byte order, nor what YAML refuses (1.1, §5.1).
    if not text.replace("\n", "").isprintable():
        return None
    values: dict[str, str | list[str] | None] = {}
    lines: dict[str, int] = {}
    try:
        for number, line in enumerate(text.split("\n")):
            pair = _LINE.fullmatch(line)
            if pair is None or pair[_KEY] in values:
                return None
            if pair[_KEY]:
                key = _text(pair[_KEY], types)
                values[key], lines[key] = _value(pair, types), number
    except _UncertainError:
        return None
    return Mapping(values=values, lines=lines)


def _value(pair: re.Match[str], types: Types) -> str | list[str] | None:
    kind = pair.lastindex or _KEY
    if kind == _PLAIN:
        return _text(pair[_PLAIN].rstrip(" "), types)
    if kind == _LIST:
        return [_item(each.strip(" "), types) for each in pair[_LIST].split(",")]
    return None if kind == _KEY else pair[kind]


def _item(word: str, types: Types) -> str:
    if not _ITEM.match(word):
        raise _UncertainError
    return _text(word, types)


def _text(word: str, types: Types) -> str:
    for _, pattern in types.get(word[0], ()):
        if pattern.match(word):
            raise _UncertainError
    return word
