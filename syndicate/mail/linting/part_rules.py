"""Of which parts a message is made, and whether they can be read."""

from collections.abc import Iterator

from syndicate.mail.linting.decoding import ENCODINGS
from syndicate.mail.linting.document import Document, Part
from syndicate.mail.linting.rule import Rule, rule, shown
from syndicate.model.finding import Severity, Spot


@rule(
    "structure",
    Severity.ERROR,
    title="It is a multipart/alternative of a text and an HTML",
    why="Who reads text, on a watch or in a terminal, gets nothing else; filters count it as well.",
    source="RFC 2046 §5.1.4; SpamAssassin 4.0, MIME_HTML_ONLY",
)
def structure(mail: Document) -> Iterator[Spot]:
    """Find another structure, an absent part, and multiparts without end."""
    if not mail.is_message:
        return
    alternative = next((part for part in mail.whole.walk() if part.type == "multipart/alternative"), None)
    if alternative is None:
        what = f"it is {shown(mail.whole.type) or 'of no type'}"
        yield Spot(
            what, "write a multipart/alternative of a text/plain and a text/html", mail.whole.body_line
        )
    else:
        for kind in ("text/plain", "text/html"):
            if not any(part.type == kind for part in alternative.walk()):
                yield Spot(f"it has no {kind} part", "write one", alternative.body_line)
    yield from _flaws(mail, "structure")


@rule(
    "part-order",
    Severity.ERROR,
    title="The text comes first, and the HTML last",
    why="Programs show the last part they understand: with the text last, nobody sees the page.",
    source="RFC 2046 §5.1.4",
)
def part_order(mail: Document) -> Iterator[Spot]:
    """Find the other order."""
    for part in mail.whole.walk():
        kinds = [_kind(each) for each in part.parts]
        if part.type == "multipart/alternative" and "text/html" in kinds:
            after = kinds[kinds.index("text/html") + 1 :]
            if "text/plain" in after:
                yield Spot("the text comes after the HTML", "write it before", part.parts[0].line)


@rule(
    "boundary",
    Severity.ERROR,
    title="The parts begin and end with the boundary that is named",
    why="Programs show the parts as one text, or lose the last one.",
    source="RFC 2046 §5.1.1",
)
def boundary(mail: Document) -> Iterator[Spot]:
    """Find none, one too long, one that stands nowhere, and parts that never end."""
    yield from _flaws(mail, "boundary")


@rule(
    "transfer-encoding",
    Severity.ERROR,
    title="Every part names an encoding that exists, and a multipart none that changes it",
    why="The part can't be read at all.",
    source="RFC 2045 §6.1, §6.4",
)
def transfer_encoding(mail: Document) -> Iterator[Spot]:
    """Find others."""
    for part in mail.whole.walk():
        composite = part.type.startswith("multipart/")
        allowed = ENCODINGS - ({"quoted-printable", "base64"} if composite else set())
        if part.encoding not in allowed:
            what = f"its transfer encoding is {shown(part.encoding)!r}"
            yield Spot(what, "write quoted-printable or base64, for a multipart 7bit", part.line, _name(part))


@rule(
    "decodable",
    Severity.ERROR,
    title="Every part is encoded as it says",
    why="People see = signs, gibberish, or nothing.",
    source="RFC 2045 §6.7, §6.8",
)
def decodable(mail: Document) -> Iterator[Spot]:
    """Find what can't be decoded."""
    yield from _flaws(mail, "decodable")


@rule(
    "charset",
    Severity.ERROR,
    title="Every text is in the charset that it names",
    why="People see Ã¼ for ü, or � for letters.",
    source="RFC 2045 §5.2; RFC 2046 §4.1.2",
)
def charset(mail: Document) -> Iterator[Spot]:
    """Find unknown charsets, and octets that aren't in them."""
    yield from _flaws(mail, "charset")


@rule(
    "utf-8",
    Severity.WARNING,
    title="Every text says that it is in UTF-8",
    why="Every program knows it, and any other cuts letters off sooner or later.",
    source="RFC 2046 §4.1.2; RFC 6657 §4",
)
def utf_8(mail: Document) -> Iterator[Spot]:
    """Find texts in another charset, and those that name none."""
    for part in (mail.plain, mail.html):
        if part and part.parameters.get("charset", "").lower() not in {"utf-8", "utf8"}:
            given = part.parameters.get("charset")
            what = f"its charset is {given[:40]!r}" if given else "it names no charset"
            yield Spot(what, 'write charset="utf-8"', part.line, _name(part))


@rule(
    "attachment",
    Severity.WARNING,
    title="Nothing is attached",
    why="Filters distrust attachments in bulk mail, and many companies take them off.",
    source="Gmail Help: file types blocked in Gmail; RFC 2046 §5.1.4",
)
def attachment(mail: Document) -> Iterator[Spot]:
    """Find parts that are no text, and no picture of the page."""
    for part in mail.whole.walk():
        if part.type.partition("/")[0] not in {"multipart", "text"} and part.first("content-id") is None:
            yield Spot(f"a part of type {shown(part.type)!r} is attached", "link to it", part.line)


def _flaws(mail: Document, identity: str) -> Iterator[Spot]:
    for part in mail.whole.walk():
        for flaw in part.flaws:
            if flaw.rule == identity:
                yield Spot(flaw.what, flaw.remedy, flaw.line, _name(part))


def _name(part: Part) -> str:
    return {"text/plain": "text part", "text/html": "HTML part"}.get(part.type, shown(part.type) or "a part")


def _kind(part: Part) -> str:
    """Give a part's type; of a multipart (a page with its pictures) that of its first part."""
    return part.parts[0].type if part.parts else part.type


RULES: tuple[Rule, ...] = (
    structure,
    part_order,
    boundary,
    transfer_encoding,
    decodable,
    charset,
    utf_8,
    attachment,
)
