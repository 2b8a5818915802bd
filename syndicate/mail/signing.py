"""DKIM signatures (RFC 6376) over the pieces that a wire template is made of.

``c=relaxed/simple``: servers fold header fields anew, so these are canonicalised relaxed (§3.4.2). The body
is seven-bit lines of at most 76 octets without a space at their ends (§5.3), which nobody has a reason to
change: it is taken as it is (§3.4.3), and its digest runs at the speed of SHA-256.
No l= (§8.2). t= is the edition's instant, and RSA by PKCS#1 v1.5 (§3.3.1) and Ed25519 (RFC 8463) have one
signature for one message: the same edition and reader give the same bytes.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syndicate.mail.keys import Key
from syndicate.mail.slots import put

#: What a reader sees or a mailbox provider acts on (RFC 6376 §5.4.1, RFC 8058 §4); with all of List-*.
_SIGNED = frozenset(
    {
        "from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type",
        "feedback-id", "auto-submitted",
    }
)  # fmt: skip
#: Named once more than they stand, so that none can be added (RFC 6376 §8.15). Not Feedback-ID and List-*:
#: relays put their own beside ours, and ours, the lowest one, stays the one that is signed (§5.4.2).
_CLOSED = ("from", "reply-to", "to", "subject", "date")
_SPACES = re.compile(r"[ \t]+")
_FIELD_END = re.compile(r"\r\n(?![ \t])")
#: Stands around a slot's name while fields are taken apart; no header holds it.
_MARK = "\0"
_LINE = 76
_SIGNATURE_LINE = 72


@dataclass(frozen=True, slots=True)
class Seal:
    """What signs every message of one variant."""

    #: The signed fields in the order of h=, canonical: text, slot's name, text, …
    _header: tuple[str, ...]
    _stamps: tuple["_Stamp", ...]
    #: The state of the body's digest after the pieces that all messages begin with, and how many they are.
    _begun: Any
    _begun_pieces: int

    @classmethod
    def of(
        cls, head: Sequence[str], *, opening: Sequence[bytes], keys: Sequence[Key], at: datetime
    ) -> "Seal":
        """Take the header in pieces, the pieces every body begins with, and the edition's instant."""
        fields = [each for each in _fields(head) if _is_signed(_name(each))]
        names = [*map(_name, fields), *_CLOSED]
        return cls(
            tuple("".join(map(_relaxed, fields)).split(_MARK)),
            tuple(_Stamp.of(key, names, at) for key in keys),
            hashlib.sha256(b"".join(opening)),
            len(opening),
        )

    def fields(self, values: Mapping[str, str], body: Sequence[bytes]) -> bytes:
        """Give the DKIM-Signature fields of one message, each line ended by CRLF."""
        state = self._begun.copy()
        for piece in body[self._begun_pieces :]:
            state.update(piece)
        body_hash = base64.b64encode(state.digest())
        header = put(self._header, _relaxed_values(values)).encode()
        return b"".join(stamp.field(header, body_hash) for stamp in self._stamps)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """One key's field, up to what differs from message to message."""

    key: Key
    #: Up to ``bh=``, as it is written.
    opening: bytes
    #: The same, as it is signed.
    canonical: bytes

    @classmethod
    def of(cls, key: Key, names: Sequence[str], at: datetime) -> "_Stamp":
        tags = (
            f"v=1; a={key.algorithm}; c=relaxed/simple;",
            f"d={key.domain};",
            f"s={key.selector};",
            f"t={int(at.timestamp())};",
            *_folded(names),
            "bh=",
        )
        opening = "DKIM-Signature: " + "\r\n ".join(tags)
        return cls(key, opening.encode("ascii"), _relaxed(opening).removesuffix("\r\n").encode("ascii"))

    def field(self, header: bytes, body_hash: bytes) -> bytes:
        """Sign the canonical header with this field in it, its b= empty and without CRLF (§3.7)."""
        signature = base64.b64encode(self.key.sign(header + self.canonical + body_hash + b"; b="))
        starts = range(0, len(signature), _SIGNATURE_LINE)
        lines = b"\r\n ".join(signature[at : at + _SIGNATURE_LINE] for at in starts)
        return b"%b%b;\r\n b=%b\r\n" % (self.opening, body_hash, lines)


def _fields(head: Sequence[str]) -> list[str]:
    """Cut a header into fields, each slot between two marks."""
    text = "".join(piece if at % 2 == 0 else f"{_MARK}{piece}{_MARK}" for at, piece in enumerate(head))
    return [field for field in _FIELD_END.split(text) if field]


def _name(field: str) -> str:
    return field.partition(":")[0].lower()


def _is_signed(name: str) -> bool:
    return name in _SIGNED or name.startswith("list-")


def _relaxed(field: str) -> str:
    """Give a field in relaxed form (RFC 6376 §3.4.2)."""
    name, _, value = field.partition(":")
    unfolded = _SPACES.sub(" ", value.replace("\r\n", ""))
    return f"{name.lower()}:{unfolded.strip(' ')}\r\n"


def _relaxed_values(values: Mapping[str, str]) -> Mapping[str, str]:
    """Give values as a relaxed field has them; where they stand, no space is beside them."""
    return {name: _SPACES.sub(" ", value) if "  " in value else value for name, value in values.items()}


def _folded(names: Sequence[str]) -> list[str]:
    """Give h=, broken behind colons (RFC 6376 §3.5)."""
    lines = ["h="]
    for at, name in enumerate(names):
        word = name + (";" if at == len(names) - 1 else ":")
        if len(lines[-1]) + len(word) > _LINE:
            lines.append("")
        lines[-1] += word
    return lines
