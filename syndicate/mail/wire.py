"""A message encoded once, and filled for each reader in microseconds."""

import email.policy
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.parser import BytesHeaderParser
from html import escape

from syndicate.errors import MessageError
from syndicate.mail.encoding import Base64, Body, QuotedPrintable, smallest
from syndicate.mail.headers import Heading, head
from syndicate.mail.keys import Key
from syndicate.mail.signing import Seal
from syndicate.mail.slots import NAMES, Personal, Slots, checked, put

_FORMAT = b"syndicate-wire/1 "
_ENCODINGS: Mapping[str, type[QuotedPrintable] | type[Base64]] = {
    encoding.name: encoding for encoding in (QuotedPrintable, Base64)
}


def template(heading: Heading, slots: Slots, *, text: str, html: str) -> bytes:
    """Encode the message with its slots, as it is stored; ``Wire.parse`` reads it.

    It begins with a line that names the slots; the rest is the message with a word for each of them.
    """
    for part, document in (("text part", text), ("HTML part", html)):
        if not slots.count(document)["unsubscribeurl"]:
            raise MessageError(
                f"digest: the {part} has no unsubscribe link; put {{{{ unsubscribe_url }}}} into the footer"
            )
    boundary = "=_" + hashlib.sha256(f"{slots.key}{heading.subject}".encode()).hexdigest()[:32]
    parts = [_part("plain", text, slots), _part("html", html, slots)]
    separator = f"--{boundary}\r\n".encode()
    message = head(heading, slots, boundary=boundary) + b"\r\n" + separator + separator.join(parts)
    return _FORMAT + slots.key.encode() + b"\r\n" + message + f"--{boundary}--\r\n".encode()


def sender_domain(stored: bytes) -> str:
    """Give the domain in the From of what ``template`` gave, or of its first lines; "" without one."""
    head_bytes, _, _ = stored.partition(b"\r\n")[2].partition(b"\r\n\r\n")
    found = BytesHeaderParser(policy=email.policy.SMTP).parsebytes(head_bytes)["From"]
    return found.addresses[0].domain if found and found.addresses else ""


def _part(subtype: str, document: str, slots: Slots) -> bytes:
    body = smallest(slots.pattern().split(document))
    lines = (
        f'Content-Type: text/{subtype}; charset="utf-8"',
        f"Content-Transfer-Encoding: {body.name}",
        "",
        "",
    )
    return "\r\n".join(lines).encode() + body.stored(lambda name: slots.key + name) + b"\r\n"


@dataclass(frozen=True, slots=True)
class Wire:
    """One variant's message, ready to be filled."""

    slots: Slots
    #: Header text, slot's name, header text, …
    _head: tuple[str, ...]
    #: The static lines before each body, and the bodies: first the text's, then the page's.
    _parts: tuple[tuple[bytes, Body], tuple[bytes, Body]]
    _end: bytes
    _seal: Seal | None = None

    @classmethod
    def parse(cls, stored: bytes) -> "Wire":
        """Read what ``template`` gave; do it once per variant."""
        first, _, message = stored.partition(b"\r\n")
        if not first.startswith(_FORMAT):
            raise MessageError("variant: its stored message can't be read; restore the store from a backup")
        slots = Slots(first.removeprefix(_FORMAT).decode("ascii"))
        head_bytes, _, _ = message.partition(b"\r\n\r\n")
        boundary = b"--" + re.findall(rb'boundary="(.+)"', head_bytes)[-1]
        top, text, html, end = message.split(boundary)
        pieces = slots.pattern().split(top.decode("ascii"))
        parts = (_parsed(boundary + text, slots), _parsed(boundary + html, slots))
        # Once for all readers: no reader's value makes a slot of what is none.
        if slots.key in "".join(pieces[::2]) or not all(_is_whole(body, slots) for _, body in parts):
            raise _left_over()
        return cls(slots, tuple(pieces), parts, boundary + end)

    def sealed(self, keys: Sequence[Key], *, at: datetime) -> "Wire":
        """Give the same, its messages signed by ``keys``; ``at`` is the edition's instant (DKIM's t=)."""
        if not keys:
            return self
        lines, text = self._parts[0]
        return replace(self, _seal=Seal.of(self._head, opening=(lines, text.opening), keys=keys, at=at))

    def fill(self, personal: Personal) -> bytes:
        """Give the bytes of one reader's message.

        ``MessageError`` for a value that could break out of its place, and for a slot left over.
        """
        values = checked(personal)
        if any(self.slots.key in value for value in values.values()):
            raise _left_over()
        body = self._body(values)
        signatures = self._seal.fields(values, body) if self._seal else b""
        return b"".join((signatures, put(self._head, values).encode(), *body))

    def _body(self, values: Mapping[str, str]) -> list[bytes]:
        escaped = {name: escape(value) for name, value in values.items()}
        (text_lines, text), (html_lines, html) = self._parts
        return [text_lines, *text.filled(values), html_lines, *html.filled(escaped), self._end]


def _is_whole(body: Body, slots: Slots) -> bool:
    """Say whether every word that looks like a slot is one."""
    names = {name.encode() for name in NAMES}
    return names.issuperset(body.pieces[1::2]) and not body.holds(slots.key.encode())


def _left_over() -> MessageError:
    return MessageError("message: a slot was left unfilled; render the edition again")


def _parsed(part: bytes, slots: Slots) -> tuple[bytes, Body]:
    lines, separator, body = part.partition(b"\r\n\r\n")
    encoding = _ENCODINGS[re.findall(rb"Transfer-Encoding: (\S+)", lines)[0].decode("ascii")]
    pattern = re.compile(slots.key.encode() + b"([a-z]+)")
    return lines + separator, encoding.parse(body, pattern)
