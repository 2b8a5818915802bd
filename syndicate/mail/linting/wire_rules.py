"""How a message is written on the wire: line ends, lengths, octets, folding."""

import re
from collections.abc import Iterator

from syndicate.mail.linting.document import Document
from syndicate.mail.linting.rule import Rule, rule, shown
from syndicate.model.finding import Severity, Spot

#: RFC 5322 §2.1.1, without the CRLF.
_LONGEST_LINE = 998
_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_HIGH = re.compile(rb"[\x80-\xff]")


@rule(
    "message",
    Severity.ERROR,
    title="It begins with a header",
    why="Without one nobody knows whom it is from, and servers refuse it.",
    source="RFC 5322 §3.5, §3.6",
)
def message(mail: Document) -> Iterator[Spot]:
    """Find what has no header field at all."""
    if not mail.is_message:
        yield Spot(
            "there is no header field, so it is no message", "name a message as it was sent, an .eml", 1
        )


@rule(
    "line-ends",
    Severity.ERROR,
    title="Every line ends with CRLF",
    why="Servers refuse bare line feeds, since messages can be smuggled past filters with them.",
    source="RFC 5322 §2.1; RFC 5321 §2.3.8",
)
def line_ends(mail: Document) -> Iterator[Spot]:
    """Find the first CR or LF that stands alone, and count them."""
    first = _BARE.search(mail.content)
    if first:
        count = mail.content.count
        bare = count(b"\n") + count(b"\r") - 2 * count(b"\r\n")
        many = "1 line ends" if bare == 1 else f"{bare:,} lines end"
        remedy = "write CRLF; an editor or a download may have changed them"
        yield Spot(f"{many} with a bare CR or LF", remedy, _line_at(mail, first.start()))


@rule(
    "line-length",
    Severity.ERROR,
    title="No line is longer than 998 octets",
    why="Servers cut longer lines, refuse them, or break them where they like, which breaks signatures.",
    source="RFC 5322 §2.1.1; RFC 5321 §4.5.3.1.6",
)
def line_length(mail: Document) -> Iterator[Spot]:
    """Find longer ones."""
    for number, line in enumerate(mail.content.splitlines(), 1):
        if len(line) > _LONGEST_LINE:
            what = f"the line has {len(line):,} octets"
            yield Spot(what, "encode the part as quoted-printable or base64, or fold the field", number)


@rule(
    "seven-bit",
    Severity.ERROR,
    title="Every octet is ASCII",
    why="A server that can't take 8 bits rewrites the message, which breaks its signature, or refuses it.",
    source="RFC 5322 §2.1; RFC 6376 §5.3",
)
def seven_bit(mail: Document) -> Iterator[Spot]:
    """Find the first octet that isn't, but for an address in To (RFC 6532 §3.2)."""
    addressed = set(_address_lines(mail))
    for number, line in enumerate(mail.content.splitlines(), 1):
        match = _HIGH.search(line)
        if match and number not in addressed:
            remedy = "encode headers by RFC 2047 and bodies as quoted-printable or base64"
            yield Spot(f"octet 0x{match[0].hex()} is not ASCII", remedy, number)
            return


def _address_lines(mail: Document) -> Iterator[int]:
    """Give the lines that may hold UTF-8 and do."""
    for field in mail.whole.every("to"):
        for number, line in enumerate(field.lines, field.line):
            if "\ufffd" not in line.decode("utf-8", "replace"):
                yield number


@rule(
    "null-octet",
    Severity.ERROR,
    title="There is no NUL in it",
    why="Programs written in C end the message there.",
    source="RFC 5322 §4.1; RFC 2045 §2.7",
)
def null_octet(mail: Document) -> Iterator[Spot]:
    """Find the first."""
    at = mail.content.find(b"\0")
    if at >= 0:
        yield Spot("there is a NUL octet", "take it out", _line_at(mail, at))


@rule(
    "header-lines",
    Severity.ERROR,
    title="Every line of a header is a field, or continues one with white space",
    why="Servers take the line for the beginning of the body, and the rest of the header is shown as text.",
    source="RFC 5322 §2.2, §2.2.3",
)
def header_lines(mail: Document) -> Iterator[Spot]:
    """Find lines that are neither."""
    if not mail.is_message:
        return
    for number, line in mail.strays:
        what = f"{shown(line.decode('utf-8', 'replace'))!r} is no header field"
        yield Spot(what, "begin a continued line with a space, or write Name: value", number)


@rule(
    "blank-continuation",
    Severity.ERROR,
    title="No line of a header is white space alone",
    why="Some servers end the header there.",
    source="RFC 5322 §3.2.2, §4.2",
)
def blank_continuation(mail: Document) -> Iterator[Spot]:
    """Find such lines."""
    for part in mail.whole.walk():
        for field in part.fields:
            for number, line in enumerate(field.lines):
                if not line.strip():
                    yield Spot(
                        f"{field.name} continues with an empty line", "take it out", field.line + number
                    )


def _line_at(mail: Document, at: int) -> int:
    return len(mail.content[: at + 1].splitlines())


RULES: tuple[Rule, ...] = (
    message,
    line_ends,
    line_length,
    seven_bit,
    null_octet,
    header_lines,
    blank_continuation,
)
