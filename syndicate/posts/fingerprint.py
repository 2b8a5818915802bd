"""Hashes that tell an edit from a re-save, and find a post that moved."""

import hashlib
import json
from collections.abc import Sequence


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
