# ruff: noqa: D102 - the methods of Tree are the words that tests are written in
"""A site of any kind, written file by file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.model.post import Omitted, Post, Reading, Unreadable
from syndicate.posts.source import Source
from syndicate.posts.sources import open_source
from syndicate.settings.schema import PostsSettings, Settings, SiteSettings

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class Tree:
    """A folder, and what a source makes of it."""

    root: Path
    #: Of ``[site]``, besides the path.
    said: dict[str, object] = field(default_factory=dict)
    now: datetime = NOON

    def write(self, path: str, text: str | bytes = "Some text.\n") -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def source(self) -> Source:
        site = SiteSettings(path=self.root, **{"url": "https://harbour.example", **self.said})
        return open_source(Settings(site=site, posts=PostsSettings()))

    def paths(self) -> list[str]:
        return [candidate.path for candidate in self.source().candidates()]

    def read(self, path: str) -> Reading:
        return self.source().read(path, (self.root / path).read_bytes(), now=self.now)

    def post(self, path: str) -> Post:
        found = self.read(path)
        assert isinstance(found, Post), found
        return found

    def posts(self) -> dict[str, Post]:
        """Give every post of the site by its path."""
        read = {path: self.read(path) for path in self.paths()}
        return {path: found for path, found in read.items() if isinstance(found, Post)}

    def left_out(self, path: str) -> str:
        """Say why a file that was opened is no post."""
        found = self.read(path)
        assert isinstance(found, Omitted), found
        assert found.rule
        return str(found.why)

    def passed_over(self, path: str) -> str:
        """Say why a file is not even opened; "" when it would be."""
        found = self.source().omission(path)
        assert found is None or found.rule
        return str(found.why) if found else ""

    def problem(self, path: str) -> str:
        found = self.read(path)
        assert isinstance(found, Unreadable), found
        return found.problem

    def html(self, path: str) -> str:
        return self.source().content_html(path)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Give a folder without anything in it."""
    made = Tree(tmp_path / "site")
    made.root.mkdir()
    return made
