"""Addresses as a feed may carry them: absolute, and in ASCII."""

import re
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import NAMESPACE_URL, uuid5

from syndicate.settings.domain_names import linked_place

#: RFC 3986 §2.2 and §2.3, and the escapes that are there already.
_KEPT = "/?#[]@!$&'()*+,;=:-._~%"
_HOST = re.compile(r"[A-Za-z0-9._~:@%\[\]-]+")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
#: RFC 3987: a scheme, a colon, and none of the characters that no IRI holds. There are fewer of them than of
#: the others: ``re`` goes through every character of a class.
_IRI = re.compile(
    r'[A-Za-z][A-Za-z0-9+.-]*:[^\0-\x20"<>\\^`{|}\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\U0010ffff]+'
)


def web_url(text: str) -> str:
    """Give the http or https URL in ASCII, escaped where it needs to be; "" when it isn't one."""
    try:
        parts = urlsplit(text.strip())
        host = _ascii_host(parts.netloc)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    tail = (escaped(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host, *tail))


def entry_iri(entry_id: str) -> str:
    """Give the id as an IRI (RFC 4287 §4.2.6): as it is when it is one, else a UUID made of it alone."""
    return entry_id if _IRI.fullmatch(entry_id) else uuid5(NAMESPACE_URL, ascii(entry_id)).urn


def folder_url(base_url: str, *names: str) -> str:
    """Give the address of a folder under ``base_url``, with a trailing slash; "" when that is unknown."""
    path = "/".join(quote(name, safe="") for name in names)
    return f"{base_url}/{path}/" if base_url else ""


def escaped(part: str) -> str:
    """Give a part of an address in ASCII, escaped where it needs to be."""
    return quote(_LONE_PERCENT.sub("%25", part), safe=_KEPT, errors="replace")


def _ascii_host(host: str) -> str:
    found = linked_place(host)
    return found if _HOST.fullmatch(found) else ""
