"""Which files of a Jekyll site may be posts (lib/jekyll/reader.rb); see ``posts.folder.Layout``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syndicate.model.post import Omitted
from syndicate.posts.source import Candidate
from syndicate.posts.sources.jekyll import omissions, scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class JekyllLayout:
    """Where Jekyll looks for documents."""

    root: Path
    config: JekyllConfig

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post."""
        return scanning.scan(self.root, self.config)

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        return omissions.by_place(path, self.config)
