"""Which page a ``ref`` means (resources/page, hugolib/page__ref.go, pagecollections.go getContentNode)."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from syndicate.posts.sources.hugo.config import HugoConfig
from syndicate.posts.sources.hugo.places import MARKDOWN, Place
from syndicate.posts.sources.hugo.scanning import walk
from syndicate.posts.sources.hugo.words import normalised


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Every page of the site, by where it stands and by its name."""

    #: By language and path, "/posts/a".
    by_path: Mapping[tuple[str, str], Place]
    #: By language and name; only names that one page has.
    by_name: Mapping[tuple[str, str], Place]

    def find(self, wanted: str, asking: Place) -> Place | None:
        """Give the page at ``wanted``: beside who asks, else from the content's root, else by its name."""
        path = _bare(wanted)
        here = "/" + "/".join(asking.parents)
        if not path.startswith("/"):
            beside = self._at(normalised(posixpath.join(here, path)), asking)
            if beside:
                return beside
        name = path.rpartition("/")[2]
        alone = self.by_name.get((asking.language, normalised(name))) if name == path else None
        return self._at(normalised(f"/{path.lstrip('/')}"), asking) or alone

    def _at(self, path: str, asking: Place) -> Place | None:
        return self.by_path.get((asking.language, posixpath.normpath(path)))


def index_of(root: Path, config: HugoConfig) -> Index:
    """Give the index of the site as it is now."""
    by_path: dict[tuple[str, str], Place] = {}
    by_name: dict[tuple[str, str], Place] = {}
    twice: set[tuple[str, str]] = set()
    for place, _ in walk(root, config):
        by_path[place.language, place.logical_path] = place
        named = (place.language, place.logical_path.rpartition("/")[2])
        if named in by_name:
            twice.add(named)
        by_name[named] = place
    return Index(by_path=by_path, by_name={key: place for key, place in by_name.items() if key not in twice})


def _bare(wanted: str) -> str:
    """Give a path as pages go by it: without suffix, and a bundle's page as its folder."""
    path = wanted.strip()
    head, dot, suffix = path.rpartition(".")
    if dot and suffix.lower() in MARKDOWN:
        path = head
    for page in ("/index", "/_index"):
        path = path.removesuffix(page) or "/"
    return path
