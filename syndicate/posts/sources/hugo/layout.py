"""Which files of a Hugo site may be posts; see ``posts.folder.Layout``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syndicate.model.post import Omission
from syndicate.posts.source import Candidate
from syndicate.posts.sources.hugo import scanning
from syndicate.posts.sources.hugo.config import HugoConfig
from syndicate.posts.sources.hugo.places import is_hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class HugoLayout:
    """Where Hugo looks for pages."""

    root: Path
    config: HugoConfig

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post."""
        return scanning.pages(self.root, self.config)

    def omission(self, path: str) -> Omission | None:
        """Say why the file at ``path`` would not even be a candidate."""
        if any(map(is_hidden, path.split("/"))) or scanning.is_ignored(self.root, path, self.config):
            return Omission.HIDDEN
        place = self.config.place_of(path)
        if place is None or not place.is_regular or not self.config.wants(place):
            return Omission.NOT_A_POST
        return Omission.NOT_A_POST if scanning.in_bundle(self.root, place, self.config) else None
