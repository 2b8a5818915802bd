"""What a post carries to be heard or watched, as its head says it: ``audio``, ``enclosure`` or ``podcast``.

The shapes are those of podcasts made with Jekyll and Hugo: an address alone, or a map of it with ``type``,
``length`` (also ``size``, ``bytes``), ``duration`` and ``explicit``; the last two may also stand beside it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from syndicate.model.post import Enclosure
from syndicate.model.site import Site
from syndicate.posts import facts
from syndicate.posts.facts import Values
from syndicate.posts.manuscript import Manuscript, image_of

_KEYS = ("enclosure", "audio", "podcast")
_ADDRESSES = ("url", "src", "href", "path", "file", "audio", "mp3")
_LENGTHS = ("length", "size", "bytes")
#: Where the kinds of site keep what they copy as it is.
_PLACES = ("", "static", "public", "src", "content")
#: By the end of the name: the system's own table differs from machine to machine.
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".aac": "audio/aac",
        ".ogg": "audio/ogg",
        ".oga": "audio/ogg",
        ".opus": "audio/ogg",
        ".flac": "audio/flac",
        ".wav": "audio/wav",
        ".mp4": "video/mp4",
        ".m4v": "video/mp4",
        ".webm": "video/webm",
        ".mov": "video/quicktime",
        ".pdf": "application/pdf",
        ".epub": "application/epub+zip",
    }
)
_LONGEST_NUMBER = 15
_SIXTY = 60


def enclosure_of(manuscript: Manuscript, site: Site) -> Enclosure | None:
    """Give what the head attaches; ``None`` for nothing, and for what has no web address or no known type.

    Its length is that of the site's own file where there is one, for heads go stale.
    """
    said = facts.first_value(manuscript.head, _KEYS)
    if said is None:
        return None
    own, address = _said(said)
    from_home = address.startswith("/") and not address.startswith("//")
    page = "" if from_home else manuscript.link
    found = image_of(site, address, alt="", page=page)
    media_type = facts.first(own, ("type", "mime_type")) or _type_of(address)
    if found is None or "/" not in media_type:
        return None
    return Enclosure(
        url=found.url,
        media_type=media_type,
        length_bytes=_size(site, manuscript.path, address) or _number(facts.first(own, _LENGTHS)),
        duration_seconds=_seconds(_beside(own, manuscript.head, "duration")),
        explicit=_beside(own, manuscript.head, "explicit").lower() in {"true", "yes", "explicit"},
    )


def files_of(manuscript: Manuscript, site: Site) -> tuple[str, ...]:
    """Give the file whose length stands in the enclosure, from the site's root; else those that it could be.

    When one of them changes or comes, the post is to be read again.
    """
    _, address = _said(facts.first_value(manuscript.head, _KEYS))
    own = _own_files(site, manuscript.path, address) if address else []
    there = next((path for path, size in own if size is not None), None)
    return (there,) if there else tuple(path for path, _ in own)


def _said(said: object) -> tuple[Values, str]:
    """Give what a head says of the enclosure, and its address as written; "" for none."""
    own: Values = said if isinstance(said, dict) else {"url": said}
    return own, facts.first(own, _ADDRESSES)


def _beside(own: Values, head: Values, key: str) -> str:
    return facts.first(own, (key,)) or facts.first(head, (key,))


def _type_of(address: str) -> str:
    return _TYPES.get(PurePosixPath(_path(address)).suffix.lower(), "")


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _size(site: Site, post: str, address: str) -> int:
    """Give the size of the file of the site at an address; 0 where it isn't one."""
    return next((size for _, size in _own_files(site, post, address) if size is not None), 0)


def _own_files(site: Site, post: str, address: str) -> list[tuple[str, int | None]]:
    """Give where in the site an address may lie, from its root, with the sizes of the files that do."""
    path = _path(address)
    if not path or "\0" in path or ("://" in address and not _is_own(site, address)):
        return []
    root = site.root.resolve()
    places = dict.fromkeys(normpath(each) for each in _candidates(post, path))
    return [(each, _size_of(root, each)) for each in places if not each.startswith(("..", "/"))]


def _is_own(site: Site, address: str) -> bool:
    return bool(site.url) and address.startswith(f"{site.url}/")


def _size_of(root: Path, path: str) -> int | None:
    try:
        found = (root / path).resolve()
        inside = found.is_relative_to(root) and found.is_file()
        return found.stat().st_size if inside else None
    except (OSError, RuntimeError):  # too long a name; before Python 3.13, a circle of links
        return None


def _candidates(post: str, path: str) -> Iterator[str]:
    if not path.startswith("/"):
        yield join(dirname(post), path)
    yield from (join(place, path.lstrip("/")) for place in _PLACES)


def _number(text: str) -> int:
    digits = text.replace(",", "").replace("_", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else 0


def _seconds(text: str) -> int:
    """Give a duration that is written as seconds, ``12:34`` or ``1:02:03``; 0 where it is none of them."""
    parts = text.split(":")
    if len(parts) > 3 or any(not part.isascii() or not part.isdecimal() or len(part) > 6 for part in parts):  # noqa: PLR2004 - hours, minutes, seconds; a million of each
        return 0
    seconds = 0
    for part in parts:
        seconds = seconds * _SIXTY + int(part)
    return seconds
