"""Addresses in a post's HTML made absolute, and nothing but harmless ones let through."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from syndicate.settings.domain_names import linked_place

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
#: Pictures inside the post; an SVG could carry scripts.
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)
_CONTROLS_AND_SPACE = "".join(map(chr, range(33)))
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
#: An address that comes out as it went in, as most do.
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]++(?::[0-9]++)?(?:/[A-Za-z0-9._~/-]*+)?")
_SAFE = "/!$&'()*+,;=:@~-._?#%"


def absolute(address: str, base: str) -> str | None:
    """Give ``address`` as seen from ``base``, percent-encoded; ``None`` when no post may hold it."""
    if _PLAIN.fullmatch(address):
        return address
    stripped = address.strip(_CONTROLS_AND_SPACE)
    scheme = _SCHEME.match(_IGNORED.sub("", stripped))
    if scheme and scheme[1].lower() not in SCHEMES:
        return None
    try:
        joined = urljoin(base, stripped)
        if urlsplit(joined).scheme.lower() not in SCHEMES | {""}:
            return None
        with_host = _ascii_host(joined)
    except ValueError:  # "http://[": no address at all
        return None
    return quote(with_host, safe=_SAFE, errors="replace")


def _ascii_host(address: str) -> str:
    """Give ``address`` with its host as A-labels (RFC 5890); ``ValueError`` where it can't be a host."""
    parts = urlsplit(address)
    if parts.netloc.isascii():
        return address
    return urlunsplit(parts._replace(netloc=linked_place(parts.netloc)))


def absolute_picture(address: str, base: str) -> str | None:
    """Give the address of a picture: as ``absolute``, or a picture inside the address itself."""
    if _DATA_IMAGE.fullmatch(address.strip()):
        return _IGNORED.sub("", address)
    found = absolute(address, base)
    return None if found is not None and found.startswith(("mailto:", "tel:")) else found


def absolute_set(value: str, base: str) -> str | None:
    """Give a ``srcset`` with absolute addresses; ``None`` when none is left."""
    candidates = []
    for part in re.split(r",\s+|,$", value.strip()):
        address, _, descriptor = part.strip().partition(" ")
        found = absolute_picture(address, base) if address else None
        if found:
            candidates.append(f"{found} {descriptor.strip()}".strip())
    return ", ".join(candidates) or None
