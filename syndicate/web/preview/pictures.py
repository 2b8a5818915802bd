"""The site's own pictures, from where they lie before they are published."""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_TYPES = MappingProxyType(
    {
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".gif": "image/gif",
        ".webp": "image/webp",
        ".avif": "image/avif",
    }
)
#: Where generators keep what they copy as it is, from the site's root, and where they build to.
_FOLDERS = ("", "static", "public", "content", "src", "assets", "_site", "dist", "output")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it lies on the disk."""

    content: bytes
    media_type: str


def picture(root: Path, path: str) -> Picture | None:
    """Give the picture at ``path`` of the site; ``None`` for what is none, isn't there, or lies outside."""
    media_type = _TYPES.get(Path(path).suffix.lower())
    if media_type is None or "\0" in path or any(part.startswith(".") for part in path.split("/")):
        return None
    for folder in _FOLDERS:
        try:
            file = (root / folder / path.lstrip("/")).resolve(strict=True)
            if file.is_relative_to(root.resolve()) and file.is_file():
                return Picture(content=file.read_bytes(), media_type=media_type)
        except (OSError, RuntimeError, ValueError):
            continue
    return None
