"""Which files of a Jekyll site may be posts (lib/jekyll/reader.rb); see ``posts.folder.Layout``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syndicate.model.post import Omission
from syndicate.posts.source import Candidate
from syndicate.posts.sources.jekyll import scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class JekyllLayout:
    """Where Jekyll looks for documents."""

    root: Path
    config: JekyllConfig

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post."""
        return scanning.scan(self.root, self.config)

    def omission(self, path: str) -> Omission | None:
        """Say why the file at ``path`` would not even be a candidate."""
        if path.startswith("_drafts/") or "/_drafts/" in path:
            return Omission.DRAFT
        if scanning.passed_over(path, self.config):
            return Omission.HIDDEN
        place = scanning.place_of(path, self.config)
        if place is None or not scanning.is_document_name(place, self.config):
            return Omission.NOT_A_POST
        return None
