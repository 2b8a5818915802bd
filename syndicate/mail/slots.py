"""The places in a rendered digest that differ from reader to reader."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from syndicate.errors import MessageError

#: Reserved by RFC 2606, so that a slot which escaped could never lead anywhere.
_HOST = "https://slot.invalid/"
#: What the slots are called.
NAMES = ("address", "messageid", "unsubscribeurl", "unsubscribemailto")
#: An address has at most 254 octets (RFC 5321 §4.5.3.1.3), a line 998.
_LONGEST = 900
_URL = re.compile(r"https?://[^\s<>\"]+")
_MAILTO = re.compile(r"mailto:[^\s<>\",]+")
_MESSAGE_ID = re.compile(r"<[^\s<>@]+@[^\s<>@]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What is one reader's own in a message; ASCII, all but what may stand before the @."""

    #: In the form that an envelope takes: domain as A-labels.
    address: str
    #: With angle brackets; see ``mail.identity``.
    message_id: str
    #: The link of the footer and of RFC 8058's one click.
    unsubscribe_url: str
    #: ``mailto:`` URL for clients without one-click.
    unsubscribe_mailto: str


@dataclass(frozen=True, slots=True)
class Slots:
    """The opaque words of one edition, which occur nowhere in its content."""

    #: What every word of this edition begins with; letters and digits, so that no encoder touches it.
    key: str

    @classmethod
    def absent_from(cls, content: str) -> "Slots":
        """Give words that ``content`` doesn't hold, and always the same ones for the same content."""
        seed = content.encode("utf-8", "surrogatepass")
        for number in range(1_000):
            key = "SLOT" + hashlib.sha256(b"%d:%b" % (number, seed)).hexdigest()[:16]
            if key not in content:
                return cls(key)
        raise MessageError("digest: no slot word is absent from the content; leave the offending post out")

    @property
    def address(self) -> str:
        """The word where the reader's address will stand."""
        return f"{self.key}address"

    @property
    def message_id(self) -> str:
        """The word where the Message-ID will stand."""
        return f"{self.key}messageid"

    @property
    def unsubscribe_url(self) -> str:
        """The URL where the reader's own will stand; absolute, so that every tool leaves it alone."""
        return f"{_HOST}{self.key}unsubscribeurl"

    @property
    def unsubscribe_mailto(self) -> str:
        """The word where the mailto URL will stand."""
        return f"{self.key}unsubscribemailto"

    def pattern(self) -> re.Pattern[str]:
        """Match one slot; group 1 is its name."""
        return re.compile(f"(?:{re.escape(_HOST)})?{self.key}({'|'.join(NAMES)})")

    def count(self, document: str) -> Counter[str]:
        """Count each slot; ``MessageError`` when a word is there that is no slot (a stage damaged it)."""
        found = Counter(match[1] for match in self.pattern().finditer(document))
        if document.count(self.key) != found.total():
            raise MessageError("digest: a slot was damaged while rendering; use the shipped template")
        return found

    def filled_html(self, html: str, personal: Personal) -> str:
        """Give the page as this reader would see it."""
        return self._filled(html, personal, escape)

    def filled_text(self, text: str, personal: Personal) -> str:
        """Give the text part as this reader would see it."""
        return self._filled(text, personal, str)

    def _filled(self, document: str, personal: Personal, safe: Callable[[str], str]) -> str:
        values = checked(personal)
        return self.pattern().sub(lambda match: safe(values[match[1]]), document)


def put(pieces: Sequence[str], values: Mapping[str, str]) -> str:
    """Give a text that was cut at its slots (text, slot's name, text, …) with the values in their places."""
    return "".join(piece if at % 2 == 0 else values[piece] for at, piece in enumerate(pieces))


def checked(personal: Personal) -> Mapping[str, str]:
    """Give each slot's value by name; ``MessageError`` for one that could break out of its place."""
    values = {
        "address": personal.address,
        "messageid": personal.message_id,
        "unsubscribeurl": personal.unsubscribe_url,
        "unsubscribemailto": personal.unsubscribe_mailto,
    }
    for name, value in values.items():
        # RFC 6532 §3.2: letters of all scripts may stand before the @ of an address, and nowhere else.
        closed = value.rpartition("@")[2] if name == "address" else value
        if not (closed.isascii() and value.isprintable() and 0 < len(value.encode()) <= _LONGEST):
            raise _unusable(name, value)
    _require(_URL, "unsubscribeurl", values)
    _require(_MAILTO, "unsubscribemailto", values)
    _require(_MESSAGE_ID, "messageid", values)
    return values


def _require(shape: re.Pattern[str], name: str, values: Mapping[str, str]) -> None:
    if not shape.fullmatch(values[name]):
        raise _unusable(name, values[name])


def _unusable(name: str, value: str) -> MessageError:
    return MessageError(
        f"message: {name} {value[:60]!r} can't stand in a header; it must be plain ASCII in its usual form"
    )
