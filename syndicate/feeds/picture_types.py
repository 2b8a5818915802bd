"""What kind of file a picture is, by the end of its name: the system's own table differs by machine."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".png": "image/png",
        ".gif": "image/gif",
        ".webp": "image/webp",
        ".avif": "image/avif",
        ".svg": "image/svg+xml",
        ".bmp": "image/bmp",
        ".tif": "image/tiff",
        ".tiff": "image/tiff",
    }
)


def picture_type(url: str) -> str:
    """Give the media type of the picture at an address; "" where its name says none."""
    return _TYPES.get(PurePosixPath(unquote(urlsplit(url).path)).suffix.lower(), "")
