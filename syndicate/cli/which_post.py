"""Which post a command is about."""

from collections.abc import Collection, Sequence
from pathlib import Path

import sqlalchemy as sa

from syndicate.errors import EditionError
from syndicate.model.post import PostId, PostState, TrackedPost
from syndicate.pipeline import River
from syndicate.posts.finding import find
from syndicate.store import former_paths, posts
from syndicate.store.engine import reading

#: Posts named where many fit.
_LISTED = 3


def from_root(said: str, root: Path) -> str:
    """Give a path of this machine as one from the site's root; whatever else is said stays as it is."""
    below = _below(said, root)
    return below if below and (root / below).exists() else said


def _below(said: str, root: Path) -> str:
    """Give a path of this machine as one from the site's root, of a file that is there or not; else ""."""
    if "://" in said:
        return ""
    full = Path(said).resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else ""


def which_post(river: River, said: str) -> TrackedPost:
    """Give the one post of the site that somebody means; ``EditionError`` where it is none, or several."""
    with reading(river.engine) as connection:
        found = find(connection, river.source, from_root(said, river.source.site.root))
        if len(found.paths) > 1:
            raise _several(said, found.paths)
        known = [each for path in found.paths for each in posts.at_path(connection, path)]
    live = [each for each in known if each.state is not PostState.GONE]
    if not live:
        near = (
            f"; did you mean {found.nearest[0]}?" if found.nearest else "; `syndicate posts` lists them all"
        )
        raise EditionError(f"{said}: the site has no such post{near}")
    return live[0]


def posts_among(river: River, said: str, ids: Collection[PostId]) -> list[TrackedPost]:
    """Give the one of these posts that somebody means; ``EditionError`` where it is several.

    It is also found at a path that it has left, and after it has left the site. Of two that stood at one
    path, one after the other, both are meant; none where it is no post of these.
    """
    root = river.source.site.root
    with reading(river.engine) as connection:
        paths = {said, _below(said, root), *find(connection, river.source, from_root(said, root)).paths}
        found = [
            each
            for each in posts.tracked(connection, ids)
            if any(name in paths or name.endswith(f"/{said}") for name in _names(connection, each))
        ]
    if len({each.post.path for each in found}) > 1:
        raise _several(said, [each.post.path for each in found])
    return found


def _names(connection: sa.Connection, tracked: TrackedPost) -> list[str]:
    """Give where a post stands, and where it stood."""
    return [tracked.post.path, *(each.path for each in former_paths.of_post(connection, tracked.id))]


def _several(said: str, paths: Sequence[str]) -> EditionError:
    named = ", ".join(paths[:_LISTED])
    return EditionError(f"{said}: means {len(paths)} posts; say which one: {named}, …")
