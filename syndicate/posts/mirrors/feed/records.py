"""How a mirrored feed lies on the disk: a file for itself and one for each entry, for people to read too."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from syndicate.errors import SiteError
from syndicate.files import write_if_changed
from syndicate.posts.mirrors.feed.document import Document, Entry
from syndicate.posts.mirrors.feed.folder import ENTRIES, FEED

_INSTANTS = frozenset({"published", "updated"})
_LISTS = frozenset({"authors", "categories", "tags"})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a mirrored feed says of itself."""

    #: What the site's settings call it, and the feed itself, where that is a page which names it.
    address: str
    feed: str
    format: str
    title: str
    home: str
    description: str
    language: str
    author: str


def about(document: Document, *, address: str, feed: str) -> About:
    """Give what stays of a feed besides its entries."""
    return About(
        address=address,
        feed=feed,
        format=document.format,
        title=document.title,
        home=document.home,
        description=document.description,
        language=document.language,
        author=document.author,
    )


def entry_bytes(entry: Entry) -> bytes:
    """Give an entry as its file holds it, byte for byte the same for the same entry."""
    return _bytes({name: _plain(value) for name, value in asdict(entry).items()})


def read_entry(content: bytes) -> Entry:
    """Give the entry of a file; ``ValueError`` where it holds none."""
    said = _mapping(content)
    return Entry(**{each.name: _value(each.name, said.get(each.name)) for each in fields(Entry)})


def kept_entries(folder: Path) -> dict[str, Entry]:
    """Give the entries of a mirror by the names of their files; what can't be read is none of them."""
    found = {}
    for path in (folder / ENTRIES).glob("[!.]*.json"):
        with suppress(OSError, ValueError):
            found[path.name] = read_entry(path.read_bytes())
    return found


def write_about(folder: Path, said: About) -> None:
    """Write what a feed says of itself; a mirror that has it has been fetched."""
    write_if_changed(folder / FEED, _bytes(asdict(said)))


def read_about(folder: Path) -> About:
    """Give what the feed in this mirror says of itself; ``SiteError`` where there is none."""
    path = folder / FEED
    try:
        said = _mapping(path.read_bytes())
        return About(**{each.name: _value(each.name, said.get(each.name)) for each in fields(About)})
    except FileNotFoundError:
        raise SiteError(f"{folder}: the feed is not fetched yet; `syndicate build` fetches it") from None
    except (OSError, ValueError) as error:
        raise SiteError(f"{path}: can't be read ({error}); delete it, and it is fetched anew") from error


def _bytes(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _mapping(content: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(content)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(said, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - the file's fault, not the caller's
    return said


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - what its field wants
    """Give a field's value; ``ValueError`` for one of another type."""
    if name in _LISTS and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if name in _INSTANTS and (value is None or isinstance(value, str)):
        return datetime.fromisoformat(value) if value else None
    if name not in _LISTS | _INSTANTS and isinstance(value, str):
        return value
    raise ValueError(f'its "{name}" is none')
