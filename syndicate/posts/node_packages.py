"""Which packages of Node a site is made with."""

from pathlib import Path

from syndicate.errors import PostError
from syndicate.posts.file_content import read_content
from syndicate.posts.limited_json import load_mapping
from syndicate.posts.mapping import MappingError

_PACKAGE = "package.json"
_MAX_BYTES = 64 * 1024


def asks_for(root: Path, package: str) -> bool:
    """Say whether the ``package.json`` at ``root`` has ``package`` among what it depends on."""
    if not (root / _PACKAGE).is_file():
        return False
    try:
        content = read_content(root, _PACKAGE, max_bytes=_MAX_BYTES)
        given = load_mapping(content.decode("utf-8-sig")).values
    except (PostError, MappingError, UnicodeDecodeError):
        return False
    tables = (given.get(key) for key in ("dependencies", "devDependencies"))
    return any(isinstance(table, dict) and package in table for table in tables)
