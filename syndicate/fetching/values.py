"""What is asked of a server, and what it said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question to a server."""

    url: str
    method: Literal["GET", "HEAD", "POST"] = "GET"
    #: Media types in the words of RFC 9110 §12.5.1.
    accept: str = "*/*"
    #: Of an earlier answer: who sends one of the two back gets 304 when nothing changed (RFC 9110 §13).
    etag: str = ""
    last_modified: str = ""
    #: Of a POST: its body, and the body's media type.
    content: bytes = b""
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A server's answer, whole and decompressed."""

    status: int
    #: The address that answered, after every redirect.
    url: str
    #: Where the asked address says it has moved for good (RFC 9110 §15.4.2, §15.4.9); "" where it doesn't.
    moved_to: str = ""
    #: By their names in lower case.
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def unchanged(self) -> bool:
        """Say whether the server has nothing newer than what the request named."""
        return self.status == 304  # noqa: PLR2004 - RFC 9110 §15.4.5


def shown(url: str) -> str:
    """Give an address for messages and logs: a password or a token may stand in the rest of it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "an address"
    bare = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{bare}{f':{port}' if port else ''}{parts.path}"
