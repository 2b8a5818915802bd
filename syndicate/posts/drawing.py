"""What posts draw on besides their own file: includes, data, each other; told by ``stat`` alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from syndicate.posts.fingerprint import of_parts
from syndicate.posts.source import EVERY_FILE, Candidate
from syndicate.posts.walking import walk

#: By path of the post, what it draws on, and how that looked when the post was read.
Drawings = Mapping[str, Mapping[str, str]]


def outdated(drawings: Drawings, root: Path) -> set[str]:
    """Give the posts that draw on something that looks otherwise than when they were read."""
    looks = {each: look_of(root, each) for each in {name for draws in drawings.values() for name in draws}}
    return {
        path for path, draws in drawings.items() if any(looks[each] != look for each, look in draws.items())
    }


def on_every_file(drawings: Drawings) -> set[str]:
    """Give the posts that draw on the others."""
    return {path for path, draws in drawings.items() if EVERY_FILE in draws}


def look_of(root: Path, name: str) -> str:
    """Give how a file, or (with a slash at its end) a folder looks; "" for one that isn't there."""
    if name == EVERY_FILE:
        return ""
    if name.endswith("/"):
        return of_parts([(each.path, each.size_bytes, each.modified_ns) for each in _inside(root, name[:-1])])
    try:
        stat = (root / name).stat()
    except OSError:
        return ""
    return f"{stat.st_size}:{stat.st_mtime_ns}"


def _inside(root: Path, folder: str) -> Iterator[Candidate]:
    def everything(_path: str, _name: str) -> bool:
        return True

    return walk(root, folder, enter=everything, take=everything)
