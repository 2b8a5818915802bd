"""Which post somebody means: by its path, its address, or some words of its title."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

import sqlalchemy as sa

from syndicate.model.post import PostState, TrackedPost
from syndicate.posts.source import Source
from syndicate.store import files, former_paths
from syndicate.store import posts as post_store

#: Paths named where none fits.
_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody may mean."""

    #: From the site's root: one, or several that fit alike, or none.
    paths: Sequence[str]
    #: Where none fits: what comes near.
    nearest: Sequence[str] = ()


def find(connection: sa.Connection, source: Source, said: str) -> Found:
    """Give the file that ``said`` names: a path, the end of one, an address, or a piece of a title."""
    if _is_path(connection, source, said):
        return Found(paths=(said,))
    everything = post_store.remembered(connection)
    live = [each for each in everything if each.state is not PostState.GONE]
    gone = [each for each in everything if each.state is PostState.GONE]
    known = dict.fromkeys((*files.every(connection), *(each.post.path for each in everything)))
    for fitting in (
        [path for path in known if path.endswith(f"/{said}")],
        _by_address(live, said),
        _by_address(gone, said),
        _by_title(live, said),
        _by_title(gone, said),
    ):
        if fitting:
            return Found(paths=fitting)
    return Found(paths=(), nearest=_near(said, known))


def _is_path(connection: sa.Connection, source: Source, said: str) -> bool:
    return bool(
        files.at_path(connection, said)
        or post_store.at_path(connection, said)
        or former_paths.at_path(connection, said)
        or (source.site.root / said).is_file()
    )


def _by_address(posts: Iterable[TrackedPost], said: str) -> list[str]:
    if "/" not in said:
        return []
    wanted = said.partition("#")[0].partition("?")[0].rstrip("/")
    return [
        each.post.path
        for each in posts
        if wanted in {each.post.link.rstrip("/"), each.post.url.rstrip("/"), str(each.entry_id)}
    ]


def _by_title(posts: Iterable[TrackedPost], said: str) -> list[str]:
    """Give the posts whose title has these words; of several, those that have no others."""
    words = said.casefold()
    fitting = [each for each in posts if words in each.post.title.casefold()]
    exact = [each for each in fitting if words == each.post.title.casefold()]
    return [each.post.path for each in exact or fitting]


def _near(said: str, known: Iterable[str]) -> list[str]:
    """Give paths whose file has a name like the one that was said."""
    by_name: dict[str, str] = {}
    for path in known:
        by_name.setdefault(PurePosixPath(path).name, path)
    close = get_close_matches(PurePosixPath(said).name, by_name, n=_NEAREST, cutoff=0.6)
    return [by_name[name] for name in close]
