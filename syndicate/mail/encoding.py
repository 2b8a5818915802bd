"""Transfer encodings (RFC 2045 §6) that leave room for slots, so that a body is encoded once for all readers.

Both give exactly the bytes of the text back, in lines of at most 76 octets, none of which begins with a dot:
nothing needs dot-stuffing when it is sent.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

#: Quoted-printable lines leave room for a soft break and for a first character that grows by two octets.
_QP_LINE = 73
_QP_UNSAFE = re.compile(rb"[^\t\x20-\x3c\x3e-\x7e]")
_QP_PLAIN = re.compile(rb"(?![.F])[\x21-\x3c\x3e-\x7e]{1,73}")

#: A document cut at its slots: text, slot's name, text, slot's name, … text.
Pieces = Sequence[str]


def quoted_printable(text: str) -> bytes:
    """Encode canonical text (line ends of any kind become CRLF); white space at its very end survives."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode().split(b"\n")
    return b"\r\n".join(_qp_line(line) for line in lines)


def _qp_line(line: bytes) -> bytes:
    encoded = _QP_UNSAFE.sub(lambda match: b"=%02X" % match[0][0], line)
    if encoded[-1:] in (b" ", b"\t"):
        encoded = encoded[:-1] + b"=%02X" % encoded[-1]
    physical, start = [], 0
    while len(encoded) - start > _QP_LINE:
        end = start + _QP_LINE
        # An octet written =XX is never cut in two.
        end -= 1 if encoded[end - 1] == ord("=") else 2 if encoded[end - 2] == ord("=") else 0
        physical.append(encoded[start:end])
        start = end
    physical.append(encoded[start:])
    return b"=\r\n".join(_qp_start(piece) for piece in physical)


def _qp_start(piece: bytes) -> bytes:
    """Hide what a mail system would change at the start of a line: a dot, or an mbox's ``From``."""
    if piece.startswith((b".", b"From ")):
        return b"=%02X" % piece[0] + piece[1:]
    return piece


@dataclass(frozen=True, slots=True)
class QuotedPrintable:
    """A quoted-printable body, each slot on a line of its own between soft breaks."""

    #: Encoded text, slot's name, encoded text, …
    pieces: tuple[bytes, ...]

    name = "quoted-printable"

    @classmethod
    def of(cls, pieces: Pieces) -> "QuotedPrintable":
        """Encode a document cut at its slots."""
        encoded = [
            quoted_printable(piece) if at % 2 == 0 else piece.encode() for at, piece in enumerate(pieces)
        ]
        return cls(tuple(encoded))

    def stored(self, word: Callable[[str], str]) -> bytes:
        """Give the body with the slots' words in their places."""
        return b"".join(self._filled(lambda name: word(name).encode()))

    @classmethod
    def parse(cls, body: bytes, pattern: re.Pattern[bytes]) -> "QuotedPrintable":
        """Read what ``stored`` wrote."""
        return cls(tuple(re.split(rb"=\r\n%b=\r\n" % pattern.pattern, body)))

    @property
    def opening(self) -> bytes:
        """The first piece of ``filled``, whatever the values."""
        return self.pieces[0]

    def holds(self, word: bytes) -> bool:
        """Say whether a word of letters and digits stands in the text around the slots."""
        return any(word in piece.replace(b"=\r\n", b"") for piece in self.pieces[::2])

    def filled(self, values: Mapping[str, str]) -> list[bytes]:
        """Give the body for these values, in pieces."""
        return self._filled(lambda name: _qp_value(values[name].encode()))

    def _filled(self, value: Callable[[str], bytes]) -> list[bytes]:
        out = [self.pieces[0]]
        for name, text in zip(self.pieces[1::2], self.pieces[2::2], strict=True):
            out += (b"=\r\n", value(name.decode()), b"=\r\n", text)
        return out


def _qp_value(value: bytes) -> bytes:
    return value if _QP_PLAIN.fullmatch(value) else _qp_line(value)


@dataclass(frozen=True, slots=True)
class _Run:
    """Static bytes in base64, once for each way in which a slot's value before them can end."""

    #: By how many octets complete the value's last group of three: those, the rest encoded, the remnant.
    versions: tuple[tuple[bytes, bytes, bytes], ...]

    @classmethod
    def of(cls, static: bytes) -> "_Run":
        return cls(tuple(cls._version(static, taken) for taken in range(3)))

    @staticmethod
    def _version(static: bytes, taken: int) -> tuple[bytes, bytes, bytes]:
        whole = max(0, len(static) - taken) // 3 * 3
        middle = static[taken : taken + whole]
        return static[:taken], _base64_lines(middle), static[taken + whole :]


def _base64_lines(octets: bytes) -> bytes:
    return base64.encodebytes(octets).replace(b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class Base64:
    """A base64 body; smaller than quoted-printable where most letters aren't ASCII.

    A slot's value shifts what follows by 0, 1 or 2 octets, so each run is kept encoded in all three ways.
    """

    #: Decoded octets, slot's name, decoded octets, …
    pieces: tuple[bytes, ...]
    runs: tuple[_Run, ...]

    name = "base64"

    @classmethod
    def of(cls, pieces: Pieces) -> "Base64":
        """Encode a document cut at its slots."""
        return cls._of_octets([_canonical(piece) for piece in pieces])

    @classmethod
    def _of_octets(cls, pieces: Sequence[bytes]) -> "Base64":
        return cls(tuple(pieces), tuple(_Run.of(octets) for octets in pieces[::2]))

    def stored(self, word: Callable[[str], str]) -> bytes:
        """Give the body with the slots' words on lines of their own."""
        return b"".join(
            _base64_lines(piece) if at % 2 == 0 else word(piece.decode()).encode() + b"\r\n"
            for at, piece in enumerate(self.pieces)
        )

    @classmethod
    def parse(cls, body: bytes, pattern: re.Pattern[bytes]) -> "Base64":
        """Read what ``stored`` wrote."""
        cut = re.split(rb"%b\r\n" % pattern.pattern, body)
        return cls._of_octets([binascii.a2b_base64(p) if at % 2 == 0 else p for at, p in enumerate(cut)])

    @property
    def opening(self) -> bytes:
        """The first piece of ``filled``, whatever the values."""
        return self.runs[0].versions[0][1]

    def holds(self, word: bytes) -> bool:
        """Say whether a word of letters and digits stands in the text around the slots."""
        return any(word in piece for piece in self.pieces[::2])

    def filled(self, values: Mapping[str, str]) -> list[bytes]:
        """Give the body for these values, in pieces."""
        _, encoded, carry = self.runs[0].versions[0]
        out = [encoded]
        for name, run in zip(self.pieces[1::2], self.runs[1:], strict=True):
            carry += values[name.decode()].encode()
            taken, encoded, remnant = run.versions[-len(carry) % 3]
            carry += taken
            whole = len(carry) // 3 * 3
            out += (_base64_lines(carry[:whole]), encoded)
            carry = carry[whole:] + remnant
        out.append(_base64_lines(carry))
        return out


def _canonical(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()


Body = QuotedPrintable | Base64


def smallest(pieces: Pieces) -> Body:
    """Encode a document cut at its slots in the way that takes fewer bytes."""
    candidates: tuple[Body, Body] = (QuotedPrintable.of(pieces), Base64.of(pieces))
    return min(candidates, key=lambda body: len(body.stored(str)))
