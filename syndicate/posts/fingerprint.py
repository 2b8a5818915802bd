"""Hashes that tell an edit from a re-save, and find a post that moved."""

import hashlib
import json
from collections.abc import Collection, Sequence
from string import ascii_lowercase, ascii_uppercase
from struct import pack
from zlib import crc32

#: Clauses that a sketch keeps of a text: what two long texts share is known within a tenth.
SKETCH = 32
#: Bytes of a text that are sketched, a thousand words in most languages: all of a long one would cost as much
#: as everything else it needs.
_SKETCHED_BYTES = 6_000
_MARK_DIGITS = 8
#: Bytes of a character in UTF-8.
_LONGEST = 4
#: Ends of sentences and clauses become ends of lines, capitals small letters.
_TO_CLAUSES = bytes.maketrans(b".,;:!?()" + ascii_uppercase.encode(), b"\n" * 8 + ascii_lowercase.encode())
#: Those of Chinese and Japanese.
_WIDE_CLAUSE_ENDS = "\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f"
#: No part of a clause.
_SPACES = b" \t\r"
_NOTHING = crc32(b"")
_HASHES = 2**32
#: About so many are sorted, half as many again as are kept. In one text of some hundreds, whose hashes are
#: spread so unevenly, those aren't enough.
_NEARLY = SKETCH * 3 // 2


def of_bytes(content: bytes) -> str:
    """Give the hash of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def of_body(body: str, *, encoded: bytes | None = None) -> str:
    """Give the hash of a post's text, line ends and outer white space aside; "" for an empty one.

    ``encoded`` is the same in UTF-8 where it is at hand: to make it costs as much as to hash it.
    """
    stripped = b"" if encoded is None or b"\r" in encoded else encoded.strip()
    if stripped and _has_no_space_around(stripped):
        return of_bytes(stripped)
    text = (body.replace("\r\n", "\n") if "\r" in body else body).strip()
    return of_bytes(text.encode("utf-8", "replace")) if text else ""


def _has_no_space_around(encoded: bytes) -> bool:
    """Say whether it begins and ends with no white space, be it Unicode's, of which bytes know nothing."""
    edges = (encoded[:_LONGEST] + encoded[-_LONGEST:]).decode("utf-8", "ignore")
    return edges == edges.strip()


def of_parts(parts: Sequence[object]) -> str:
    """Give the hash of what a reader sees."""
    return of_bytes(json.dumps(parts, ensure_ascii=True).encode())


def sketch(body: str, *, encoded: bytes | None = None) -> str:
    """Give what tells how much of a text another one keeps: the smallest hashes of its clauses.

    Of two texts the smallest hashes in both together are a fair sample of all their clauses (A. Broder,
    On the resemblance and containment of documents, 1997). ``encoded`` is that of ``of_body``.
    """
    opening = _opening(body, encoded)[:_SKETCHED_BYTES]
    hashes = set(map(crc32, opening.translate(_TO_CLAUSES, _SPACES).split(b"\n")))
    hashes.discard(_NOTHING)
    smallest = _smallest(hashes)
    return pack(f">{len(smallest)}I", *smallest).hex()


def _opening(body: str, encoded: bytes | None) -> bytes:
    """Give in UTF-8 what is sketched of a text, and perhaps more of it; wide marks end lines."""
    if encoded is not None and len(encoded) > 2 * len(body):  # by three bytes a character half will do
        half = _with_narrow_ends(body[: _SKETCHED_BYTES // 2]).encode()
        if len(half) >= _SKETCHED_BYTES:
            return half
    wide = body[:_SKETCHED_BYTES]
    narrow = _with_narrow_ends(wide)
    # Without a wide mark it is the same text, which needn't be encoded.
    return encoded if narrow is wide and encoded is not None else narrow.encode("utf-8", "replace")


def _with_narrow_ends(text: str) -> str:
    for mark in _WIDE_CLAUSE_ENDS:
        text = text.replace(mark, "\n")
    return text


def _smallest(hashes: Collection[int]) -> list[int]:
    """Give the smallest hashes, as many as a sketch keeps, in order.

    To sort all the two hundred of a long text costs twice what it does to set most of them aside before.
    """
    if len(hashes) > 2 * SKETCH:
        bound = _HASHES * _NEARLY // len(hashes)
        small = [each for each in hashes if each < bound]
        hashes = small if len(small) >= SKETCH else hashes
    return sorted(hashes)[:SKETCH]


def marks(sketched: str) -> list[str]:
    """Give the hashes that a sketch holds, the smallest first."""
    return [sketched[at : at + _MARK_DIGITS] for at in range(0, len(sketched), _MARK_DIGITS)]
