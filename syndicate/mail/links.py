"""Addresses of pages and pictures in the form that every mail client understands."""

import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from syndicate.settings.domain_names import linked_host

#: Reserved and unreserved characters of RFC 3986, and ``%``, since a path may be escaped already.
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"
#: A name, or an IP address of either version.
_HOST = re.compile(r"[A-Za-z0-9._~-]+|[0-9A-Fa-f:.]+")
_WEB = frozenset({"http", "https"})


def web_link(url: str) -> str | None:
    """Give an absolute http or https URL in ASCII; ``None`` for anything else."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        if parts.scheme.lower() not in _WEB or not host:
            return None
        return urlunsplit(
            parts._replace(scheme=parts.scheme.lower(), netloc=_authority(parts), **_rest(parts))
        )
    except (ValueError, UnicodeError):
        return None


def link(url: str) -> str | None:
    """Give what a link in a mail may lead to: a web page or a mailbox; ``None`` for anything else."""
    stripped = url.strip()
    if stripped[:7].lower() == "mailto:":
        return "mailto:" + quote(stripped[7:], safe=_KEPT)
    return web_link(stripped)


def _authority(parts: SplitResult) -> str:
    """Give host and port; credentials in a link are of no use to a reader."""
    host = linked_host(parts.hostname or "")
    if not _HOST.fullmatch(host):
        raise ValueError(host)
    written = f"[{host}]" if ":" in host else host
    return written if parts.port is None else f"{written}:{parts.port}"


def _rest(parts: SplitResult) -> dict[str, str]:
    return {
        "path": quote(parts.path, safe=_KEPT),
        "query": quote(parts.query, safe=_KEPT),
        "fragment": quote(parts.fragment, safe=_KEPT),
    }
