"""Which post a command is about."""

from pathlib import Path

from syndicate.errors import EditionError
from syndicate.model.post import PostState, TrackedPost
from syndicate.pipeline import River
from syndicate.posts.finding import find
from syndicate.store import posts
from syndicate.store.engine import reading

#: Posts named where many fit.
_LISTED = 3


def from_root(said: str, root: Path) -> str:
    """Give a path of this machine as one from the site's root; whatever else is said stays as it is."""
    if "://" in said:
        return said
    full = Path(said).resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) and full.exists() else said


def which_post(river: River, said: str) -> TrackedPost:
    """Give the one post of the site that somebody means; ``EditionError`` where it is none, or several."""
    with reading(river.engine) as connection:
        found = find(connection, river.source, from_root(said, river.source.site.root))
        if len(found.paths) > 1:
            named = ", ".join(found.paths[:_LISTED])
            raise EditionError(f"{said}: means {len(found.paths)} posts; say which one: {named}, …")
        known = [each for path in found.paths for each in posts.at_path(connection, path)]
    live = [each for each in known if each.state is not PostState.GONE]
    if not live:
        near = (
            f"; did you mean {found.nearest[0]}?" if found.nearest else "; `syndicate posts` lists them all"
        )
        raise EditionError(f"{said}: the site has no such post{near}")
    return live[0]
