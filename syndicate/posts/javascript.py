"""What JavaScript says literally: objects, lists, texts, numbers. It is taken apart, never run.

Whatever is made by code (a call, a name, a template with holes) isn't there. Linear in the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

_MAX_DEPTH = 50
#: A mark may stand there again and again; each time costs a walk.
_MAX_PLACES = 20
_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*(?:`|\Z))
    |(?P<word>[A-Za-z_$][\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<sign>\.\.\.|=>|\S)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_PAIRS = {"{": "}", "[": "]", "(": ")"}
_LAST_CODE_POINT = 0x10FFFF


class _Made:
    """Stands for a value that code makes."""


_MADE = _Made()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def objects_after(source: str, *marks: str) -> Iterator[dict[str, Any]]:
    """Give each object literal that stands right after one of ``marks``: ``export default``, ``dir :``.

    A mark is words and signs, with one space between any two.
    """
    for value, _ in _values_after(source, marks):
        if isinstance(value, dict):
            yield value


def texts_after(source: str, *marks: str) -> Iterator[str]:
    """Give each text that stands right after one of ``marks``, and that nothing is added to."""
    for value, follows in _values_after(source, marks):
        if isinstance(value, str) and follows in {")", ",", ";", "}", ""}:
            yield value


def _values_after(source: str, marks: Sequence[str]) -> Iterator[tuple[Any, str]]:
    """Give the value after each mark, and the sign that follows it."""
    tokens = _tokens(source)
    wanted = [mark.split() for mark in marks]
    places = (
        index + len(mark)
        for index in range(len(tokens))
        for mark in wanted
        if [each.text for each in tokens[index : index + len(mark)]] == mark
    )
    for place in islice(places, _MAX_PLACES):
        value, end = _value(tokens, place, 0)
        yield value, _at(tokens, end)


def _tokens(source: str) -> list[_Token]:
    found = (_Token(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(source))
    return [token for token in found if token.kind != "comment"]


def _at(tokens: list[_Token], index: int) -> str:
    return tokens[index].text if index < len(tokens) else ""


def _value(tokens: list[_Token], index: int, depth: int) -> tuple[Any, int]:
    """Give the value at ``index``, and where the tokens go on behind it."""
    if index >= len(tokens) or depth > _MAX_DEPTH:
        return _MADE, len(tokens)
    token = tokens[index]
    if token.kind == "text":
        return _text(token.text), index + 1
    if token.kind == "word" and token.text in _WORDS:
        return _WORDS[token.text], index + 1
    if token.kind == "number":
        return (int(token.text) if token.text.isdecimal() and len(token.text) < 16 else _MADE), index + 1  # noqa: PLR2004 - no longer number is exact
    if token.text == "{":
        return _object(tokens, index, depth)
    return _list(tokens, index, depth) if token.text == "[" else (_MADE, index)


def _object(tokens: list[_Token], index: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    index += 1
    while index < len(tokens) and tokens[index].text != "}":
        key = tokens[index]
        name = _text(key.text) if key.kind == "text" else key.text
        if _at(tokens, index + 1) == ":" and isinstance(name, str):
            value, index = _whole(tokens, index + 2, depth)
            if value is not _MADE:
                found[name] = value
        else:
            index = max(_skipped(tokens, index), index + 1)
        index += _at(tokens, index) == ","
    return found, index + 1


def _list(tokens: list[_Token], index: int, depth: int) -> tuple[list[Any], int]:
    found = []
    index += 1
    while index < len(tokens) and tokens[index].text != "]":
        value, index = _whole(tokens, index, depth)
        if value is not _MADE:
            found.append(value)
        index += _at(tokens, index) == ","
    return found, index + 1


def _whole(tokens: list[_Token], index: int, depth: int) -> tuple[Any, int]:
    """Give a value up to the next comma: one that goes on behind a literal (``"a" + b``) is made by code."""
    value, end = _value(tokens, index, depth + 1)
    if _at(tokens, end) in {",", "}", "]", ""} and end > index:
        return value, end
    return _MADE, max(_skipped(tokens, end), index + 1)


def _skipped(tokens: list[_Token], index: int) -> int:
    """Give where the next comma or closing bracket of this depth stands."""
    closers: list[str] = []
    while index < len(tokens):
        text = tokens[index].text if tokens[index].kind == "sign" else ""
        if not closers and text in {",", "}", "]", ")"}:
            # A closing round bracket belongs to nobody here.
            return index + (text == ")")
        if text in _PAIRS:
            closers.append(_PAIRS[text])
        elif closers and text == closers[-1]:
            closers.pop()
        index += 1
    return index


def _text(literal: str) -> str | _Made:
    if literal[0] == "`" and ("${" in literal or literal[-1] != "`"):
        return _MADE
    return _ESCAPE.sub(_unescaped, literal[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[2] or match[3] or match[4]
    if code:
        number = int(code, 16)
        return chr(number) if number <= _LAST_CODE_POINT else ""
    return _LETTERS.get(match[1], match[1])
