"""Hashes that tell an edit from a re-save, and find a post that moved."""

import hashlib
import json
import re
from collections.abc import Sequence
from heapq import nsmallest
from zlib import crc32

#: Clauses that a sketch keeps of a text: what two long texts share is known within a tenth.
SKETCH = 32
_MARK_DIGITS = 8
#: Ends of lines, sentences and clauses, those of Chinese and Japanese among them.
_CLAUSE_END = re.compile(r"[\n.,;:!?()\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f]")


def of_bytes(content: bytes) -> str:
    """Give the hash of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def of_body(body: str) -> str:
    """Give the hash of a post's text, line ends and outer white space aside; "" for an empty one."""
    text = (body.replace("\r\n", "\n") if "\r" in body else body).strip()
    return of_bytes(text.encode("utf-8", "replace")) if text else ""


def of_parts(parts: Sequence[object]) -> str:
    """Give the hash of what a reader sees."""
    return of_bytes(json.dumps(parts, ensure_ascii=True).encode())


def sketch(body: str) -> str:
    """Give what tells how much of a text another one keeps: the smallest hashes of its clauses.

    Of two texts the smallest hashes in both together are a fair sample of all their clauses (A. Broder,
    On the resemblance and containment of documents, 1997).
    """
    clauses = {clause.strip().casefold() for clause in _CLAUSE_END.split(body)} - {""}
    hashes = {crc32(clause.encode("utf-8", "replace")) for clause in clauses}
    return "".join(f"{each:08x}" for each in nsmallest(SKETCH, hashes))


def marks(sketched: str) -> list[str]:
    """Give the hashes that a sketch holds, the smallest first."""
    return [sketched[at : at + _MARK_DIGITS] for at in range(0, len(sketched), _MARK_DIGITS)]
