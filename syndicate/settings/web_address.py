"""Whether a text is a web address, however odd it is; ``urlsplit`` drops line ends and raises on brackets."""

import re
from urllib.parse import urlsplit


def is_web_address(url: str) -> bool:
    """Say whether it is an absolute http or https URL without white space or control characters."""
    if not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half a bracket, a port that is none
        return False


def is_web_root(url: str) -> bool:
    """Say whether a path can be put behind it: a query or a fragment would swallow unsubscribe links."""
    return is_web_address(url) and not set("?#") & set(url)


def same_address(one: str, other: str) -> bool:
    """Say whether two addresses differ in nothing but how they are written (RFC 3986 §6.2.3)."""
    return _parts(one) == _parts(other)


def _parts(url: str) -> tuple[str, str, int | None, str, str]:
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port, parts.path or "/", parts.query


#: What scp and git write without a scheme: somebody, a host, a path on it.
_SCP_LIKE = re.compile(r"[\w.-]+@[\w.-]+:(?!//)\S+", re.ASCII)


def is_repository_address(text: str) -> bool:
    """Say whether git can fetch from it over a network; a folder of this machine is none."""
    if is_web_address(text) or _SCP_LIKE.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
        return text.isprintable() and parts.scheme == "ssh" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
