"""Bytes → a message: read in time linear to their number, whatever they are.

Python's own parser mends what it reads, calls itself for every level, and raises on some headers; none of
which a linter can use.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from syndicate.mail.linting.decoding import decoded, in_charset
from syndicate.mail.linting.document import Document, Field, Flaw, Part

#: RFC 5322 §2.2 allows more; what begins with "<" is an address that fell out of its field.
_FIELD = re.compile(rb"([A-Za-z0-9!#$%&'*+.^_|~-]{1,200})[ \t]{0,10}:(.*)", re.DOTALL)
#: Multiparts within multiparts that are looked into.
_DEEPEST = 8
#: RFC 2046 §5.1.1.
_LONGEST_BOUNDARY = 70
#: Characters of a field's value that are looked at.
_LONGEST = 20_000
_QUOTED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Some lines of a message, and the number of the first."""

    each: Sequence[bytes]
    first: int


def read(content: bytes) -> Document:
    """Give a message from its bytes, whatever they are."""
    lines = _Lines(content.splitlines(), 1)
    fields, strays, body = _header(lines)
    return Document(content=content, whole=_part(fields, lines, body, depth=0), strays=strays)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """Give what stands before the first semicolon, in lower case, and the parameters after it."""
    first, *rest = _pieces(value)
    found: dict[str, str] = {}
    for each in rest:
        name, equals, given = each.partition("=")
        given = given.strip()
        if given[:1] == '"':
            given = _QUOTED.sub(r"\1", given[1:].removesuffix('"'))
        if equals:
            found.setdefault(name.strip().lower(), given)
    return first.strip().lower(), found


def _pieces(value: str) -> list[str]:
    """Give what stands between semicolons that aren't quoted."""
    pieces, start, quoted, at = [], 0, False, 0
    while at < len(value):
        if value[at] == "\\" and quoted:
            at += 1
        elif value[at] == '"':
            quoted = not quoted
        elif value[at] == ";" and not quoted:
            pieces.append(value[start:at])
            start = at + 1
        at += 1
    return [*pieces, value[start:]]


def _header(lines: _Lines) -> tuple[tuple[Field, ...], tuple[tuple[int, bytes], ...], int]:
    """Give the fields, the lines that are none, and at which of the lines the body begins."""
    runs: list[tuple[int, list[bytes]]] = []
    end = len(lines.each)
    for at, line in enumerate(lines.each):
        if not line:
            end = at + 1
            break
        if line[:1] in (b" ", b"\t") and runs:
            runs[-1][1].append(line)
        else:
            runs.append((lines.first + at, [line]))
    fields = tuple(_field(number, run) for number, run in runs if _FIELD.fullmatch(run[0]))
    strays = tuple((number, run[0]) for number, run in runs if not _FIELD.fullmatch(run[0]))
    return fields, strays, end


def _field(number: int, run: Sequence[bytes]) -> Field:
    match = _FIELD.fullmatch(run[0])
    name, first = (match[1], match[2]) if match else (b"", b"")
    value = b"".join((first, *run[1:])).decode("utf-8", "replace").strip()
    return Field(name=name.decode("ascii"), value=value[:_LONGEST], lines=tuple(run), line=number)


def _part(fields: tuple[Field, ...], lines: _Lines, body: int, *, depth: int) -> Part:
    named = {each.key: each for each in reversed(fields)}
    kind, given = parameters(named["content-type"].value) if "content-type" in named else ("text/plain", {})
    encoding = (
        named["content-transfer-encoding"].value.lower() if "content-transfer-encoding" in named else ""
    )
    inside = _Lines(lines.each[body:], lines.first + body)
    parts: tuple[Part, ...] = ()
    text = ""
    flaws: tuple[Flaw, ...] = ()
    if kind.startswith("multipart/"):
        parts, flaws = _parts(inside, given.get("boundary", ""), depth=depth)
    elif kind.startswith("text/"):
        text, flaws = _text(inside, encoding or "7bit", given)
    return Part(
        fields=fields,
        type=kind,
        parameters=given,
        encoding=encoding or "7bit",
        line=lines.first,
        body_line=inside.first,
        parts=parts,
        text=text,
        flaws=flaws,
    )


def _text(lines: _Lines, encoding: str, given: dict[str, str]) -> tuple[str, tuple[Flaw, ...]]:
    octets, problem, at = decoded(lines.each, encoding)
    flaws = []
    if problem:
        remedy = "encode the part again, with the encoding that it names"
        flaws.append(Flaw(rule="decodable", what=problem, remedy=remedy, line=lines.first + at))
    charset = given.get("charset", "us-ascii")
    text, problem = in_charset(octets, charset)
    if problem:
        remedy = 'write the text in UTF-8, and charset="utf-8"'
        flaws.append(Flaw(rule="charset", what=problem, remedy=remedy, line=lines.first))
    return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(flaws)


def _parts(lines: _Lines, boundary: str, *, depth: int) -> tuple[tuple[Part, ...], tuple[Flaw, ...]]:
    if not boundary or len(boundary) > _LONGEST_BOUNDARY or depth >= _DEEPEST:
        return (), (_boundary_flaw(boundary, lines.first, depth=depth),)
    found, closed = _between(lines, b"--" + boundary.encode())
    flaws = []
    if not found:
        what = f"its boundary {boundary!r} stands nowhere"
        flaws.append(Flaw(rule="boundary", what=what, remedy="write the parts after it", line=lines.first))
    elif not closed:
        remedy = "end the last part with the boundary and two hyphens; the message may have been cut off"
        what = "its last part never ends"
        flaws.append(Flaw(rule="boundary", what=what, remedy=remedy, line=lines.first))
    return tuple(_inner(each, depth + 1) for each in found), tuple(flaws)


def _boundary_flaw(boundary: str, line: int, *, depth: int) -> Flaw:
    if depth >= _DEEPEST:
        what, remedy = f"multiparts stand {depth} deep in each other", "write one multipart/alternative"
        return Flaw(rule="structure", what=what, remedy=remedy, line=line)
    what = "it names no boundary"
    if boundary:
        what = f"its boundary has {len(boundary)} characters"
    remedy = f"name one of 1 to {_LONGEST_BOUNDARY} characters that stands nowhere in the text"
    return Flaw(rule="boundary", what=what, remedy=remedy, line=line)


def _between(lines: _Lines, delimiter: bytes) -> tuple[list[_Lines], bool]:
    """Give the lines of each part, and whether the last of them ends."""
    starts: list[int] = []
    ends: list[int] = []
    for at in _delimiters(lines.each, delimiter):
        if starts:
            ends.append(at)
        if lines.each[at].rstrip() == delimiter + b"--":
            break
        starts.append(at + 1)
    closed = len(ends) == len(starts)
    ends += [len(lines.each)] * (len(starts) - len(ends))
    return [
        _Lines(lines.each[start:end], lines.first + start) for start, end in zip(starts, ends, strict=True)
    ], closed


def _delimiters(lines: Sequence[bytes], delimiter: bytes) -> Iterator[int]:
    for at, line in enumerate(lines):
        if line.startswith(delimiter) and line.rstrip() in (delimiter, delimiter + b"--"):
            yield at


def _inner(lines: _Lines, depth: int) -> Part:
    fields, _, body = _header(lines)
    return _part(fields, lines, body, depth=depth)
