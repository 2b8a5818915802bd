"""Which files of a Hugo site may be posts; see ``posts.folder.Layout``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syndicate.model.post import Omission, Omitted
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

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        hidden = self._hidden(path)
        if hidden:
            return Omitted(path=path, why=Omission.HIDDEN, rule=hidden)
        no_page = self._no_page(path)
        return Omitted(path=path, why=Omission.NOT_A_POST, rule=no_page) if no_page else None

    def _hidden(self, path: str) -> str:
        part = next(filter(is_hidden, path.split("/")), None)
        if part:
            return f'Hugo passes over "{part}" for how its name begins or ends'
        return "`ignoreFiles` has it" if scanning.is_ignored(self.root, path, self.config) else ""

    def _no_page(self, path: str) -> str:
        place = self.config.place_of(path)
        if place is None:
            folders = ", ".join(root.folder or "the site itself" for root in self.config.roots)
            return f"it is no page in a folder of content ({folders})"
        if not place.is_regular:
            return "it is a section's page, or the site's"
        if not self.config.wants(place):
            return f'its section "{place.collection}" is none of `mainSections`'
        if scanning.in_bundle(self.root, place, self.config):
            return "it belongs to the page whose `index.md` is in a folder above it"
        return ""
