# ruff: noqa: D102 - the methods of Folder are the words that tests are written in
"""A site in a folder, and short words for what an editor does to it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from syndicate.model.post import Post, Reading, TrackedPost
from syndicate.posts.detection import Detection, detect
from syndicate.posts.source import Source
from syndicate.posts.sources import open_source
from syndicate.settings.schema import PostsSettings, Settings, SiteSettings
from syndicate.store import posts
from syndicate.store.engine import reading

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
#: After it no file is so fresh that it could change unseen.
A_CENTURY = timedelta(days=36_525)
CONFIG = """\
title: The Harbour Post
url: https://harbour.example
baseurl: /news
timezone: Asia/Hong_Kong
collections:
  letters:
    output: true
  staff: {}
"""


@dataclass(slots=True)
class Folder:
    """A Jekyll site, and the store that remembers it."""

    root: Path
    engine: sa.Engine | None = None
    now: datetime = NOON
    settings: PostsSettings = field(default_factory=PostsSettings)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file; its front matter and body as they stand there."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def post(self, name: str, body: str = "Some text.", head: str = "") -> Path:
        """Write ``_posts/NAME.md``."""
        return self.write(f"_posts/{name}.md", f"---\n{head or 'layout: post'}\n---\n{body}\n")

    def source(self) -> Source:
        return open_source(Settings(site=SiteSettings(path=self.root), posts=self.settings))

    def read(self, path: str) -> Reading:
        return self.source().read(path, (self.root / path).read_bytes(), now=self.now)

    def read_post(self, path: str) -> Post:
        found = self.read(path)
        assert isinstance(found, Post), found
        return found

    def html(self, path: str) -> str:
        return self.source().content_html(path)

    def detect(self, *, later: timedelta = timedelta()) -> Detection:
        """Look at the site, ``later`` than the last time."""
        assert self.engine is not None
        self.now += later
        return detect(
            self.engine,
            self.source(),
            settings=self.settings,
            now=self.now,
            progress=lambda _done, _all: None,
        )

    def rest(self) -> None:
        """Let so much time go by that the files are trusted, for a test that counts what is read."""
        self.detect(later=A_CENTURY)

    def configure(self, **changes: object) -> None:
        self.settings = replace(self.settings, **changes)

    def remembered(self) -> dict[str, TrackedPost]:
        """Give every post there ever was by its slug, the last one where two had the same."""
        assert self.engine is not None
        with reading(self.engine) as connection:
            return {each.post.path.rpartition("/")[2]: each for each in posts.remembered(connection)}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Give a site with a configuration and no posts."""
    made = Folder(tmp_path / "site")
    made.write("_config.yml", CONFIG)
    return made


@pytest.fixture
def watched(folder: Folder, sqlite_engine: sa.Engine) -> Folder:
    """Give the same site with a store; two posts are its baseline."""
    folder.engine = sqlite_engine
    folder.post("2024-01-01-old", "An old story about the ferry.")
    folder.post("2024-02-01-older-news", "The market moved to the square.")
    folder.detect()
    return folder
