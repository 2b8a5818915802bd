"""What a post carries to be heard or watched, as its head says it: ``audio``, ``enclosure`` or ``podcast``.

The shapes are those of podcasts made with Jekyll and Hugo: an address alone, or a map of it with ``type``,
``length`` (also ``size``, ``bytes``), ``duration`` and ``explicit``; the last two may also stand beside it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
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
    own: Values = said if isinstance(said, dict) else {"url": said}
    address = facts.first(own, _ADDRESSES)
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
    path = _path(address)
    if "\0" in path or ("://" in address and not (site.url and address.startswith(f"{site.url}/"))):
        return 0
    root = site.root.resolve()
    for file in _candidates(root, post, path):
        try:
            found = file.resolve()
            if found.is_relative_to(root) and found.is_file():
                return found.stat().st_size
        except (OSError, RuntimeError):  # too long a name; before Python 3.13, a circle of links
            continue
    return 0


def _candidates(root: Path, post: str, path: str) -> Iterator[Path]:
    if not path.startswith("/"):
        yield (root / post).parent / path
    yield from (root / place / path.lstrip("/") for place in _PLACES)


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
