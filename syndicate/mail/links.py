"""Addresses of pages and pictures in the form that every mail client understands."""

from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

#: Reserved and unreserved characters of RFC 3986, and ``%``, since a path may be escaped already.
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"
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
    if parts.netloc.isascii():
        return quote(parts.netloc, safe=_KEPT)
    port = f":{parts.port}" if parts.port else ""
    return (parts.hostname or "").encode("idna").decode("ascii") + port


def _rest(parts: SplitResult) -> dict[str, str]:
    return {
        "path": quote(parts.path, safe=_KEPT),
        "query": quote(parts.query, safe=_KEPT),
        "fragment": quote(parts.fragment, safe=_KEPT),
    }
