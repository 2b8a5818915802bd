"""Header values → what they mean: encoded words, mailboxes, addresses between angle brackets."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from syndicate.mail.linting.decoding import in_charset

#: RFC 2047 §2, as people write it, so that what is wrong with one can be said.
ENCODED_WORD = re.compile(r"=\?([^?\s]{0,60})\?([^?\s]{0,3})\?([^?\s]{0,2000})\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
_MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
#: RFC 2047 §2: an encoded word's length, delimiters and all.
LONGEST_WORD = 75


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox as it is written."""

    name: str
    #: "" where it is none.
    address: str

    @property
    def domain(self) -> str:
        """What stands after the @, in lower case."""
        return self.address.rpartition("@")[2].lower()


def words(value: str) -> str:
    """Give a value as people read it."""
    joined = _BETWEEN.sub(r"\1", value)
    return ENCODED_WORD.sub(lambda match: _decoded(match)[0], joined)


def wrong_with(match: re.Match[str]) -> str:
    """Give what is wrong with an encoded word; "" where nothing is."""
    if len(match[0]) > LONGEST_WORD:
        return f"it has {len(match[0])} characters"
    return _decoded(match)[1]


def mailboxes(value: str) -> list[Mailbox]:
    """Give the mailboxes of an address field; what is none has no address."""
    return [_mailbox(each) for each in _split(value) if each.strip()]


def in_brackets(value: str) -> list[str]:
    """Give what stands between angle brackets, one after the other."""
    return [piece.partition(">")[0] for piece in value.split("<")[1:] if ">" in piece]


def outside_brackets(value: str) -> str:
    """Give what stands around the angle brackets, without white space."""
    first, *rest = value.split("<")
    return "".join((first + "".join(piece.partition(">")[2] for piece in rest)).split())


def _decoded(match: re.Match[str]) -> tuple[str, str]:
    charset, encoding, text = match[1].partition("*")[0], match[2].lower(), match[3]
    try:
        octets = _octets(encoding, text)
    except (binascii.Error, ValueError) as error:
        return match[0], f"it can't be decoded ({str(error).lower()})"
    decoded, problem = in_charset(octets, charset)
    return decoded, problem


def _octets(encoding: str, text: str) -> bytes:
    if encoding == "b":
        return binascii.a2b_base64(text.encode(), strict_mode=True) if text else b""
    if encoding == "q":
        return binascii.a2b_qp(text.encode(), header=True)
    raise ValueError(f"its encoding is {encoding!r}, neither B nor Q")


def _split(value: str) -> Iterator[str]:
    """Give what stands between commas outside of quotes, comments and brackets; comments are left out."""
    piece: list[str] = []
    comments, quoted = 0, False
    characters = iter(value)
    for each in characters:
        if each == "\\":
            following = next(characters, "")
            piece += (each + following) if not comments else ""
        elif quoted or (each == '"' and not comments):
            quoted = quoted != (each == '"')
            piece.append(each)
        elif each in "()":
            comments = max(0, comments + (1 if each == "(" else -1))
        elif not comments and each == ",":
            yield "".join(piece)
            piece = []
        elif not comments:
            piece.append(each)
    yield "".join(piece)


def _mailbox(text: str) -> Mailbox:
    if text.rstrip().endswith(">"):
        name, _, address = text.rstrip()[:-1].rpartition("<")
        name = words(name.strip().strip('"').replace("\\", ""))
    else:
        name, address = "", text
    address = address.strip()
    return Mailbox(name, address if _MAILBOX.fullmatch(address) else "")
