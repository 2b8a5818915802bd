# ruff: noqa: D102 - the methods of Repository are the words that tests are written in
"""A git repository with a site, and short words for what is committed to it."""

import os
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.model.cadence import Every
from syndicate.posts.sources import open_source
from syndicate.reports.replay.history import History
from syndicate.reports.replay.replaying import Event, Kind, Span, Tally, replay
from syndicate.reports.replay.rules import tried
from syndicate.settings.completion import complete
from syndicate.settings.schema import Settings, SiteSettings

#: A Monday.
START = datetime(2024, 1, 1, 10, 0, tzinfo=UTC)


@dataclass(slots=True)
class Repository:
    """A site's checkout."""

    root: Path
    now: datetime = START

    def git(self, *words: str) -> str:
        stamp = f"{int(self.now.timestamp())} +0000"
        done = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", self.root, *words],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": stamp},
        )
        return done.stdout

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)

    def post(self, name: str, text: str | None = None) -> None:
        """Write a post; its date says nothing of when it is committed."""
        body = text or f"What {name} has to say.\nAnd more of it, at length.\n"
        self.write(f"_posts/2019-01-01-{name}.md", f"---\ntitle: {name}\n---\n{body}")

    def commit(self, *, later: timedelta = timedelta()) -> None:
        self.now += later
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "words")

    def history(self) -> History:
        return History(root=self.root, environment=os.environ)

    def replayed(
        self,
        *every: Every,
        since: datetime | None = None,
        until: datetime = START + timedelta(days=365),
        releasing: bool = False,
    ) -> tuple[list[Event], Tally]:
        settings = Settings(site=SiteSettings(path=self.root))
        site = open_source(settings).site
        rules = tried(complete(settings, site), every, site)
        span = Span(since=since, until=until, releasing=releasing)
        *events, tally = replay(self.history(), rules, span=span, progress=lambda *_: None)
        assert isinstance(tally, Tally)
        assert all(isinstance(each, Event) for each in events)
        return [each for each in events if isinstance(each, Event)], tally

    def mailed(self, *every: Every, **span: object) -> list[tuple[datetime, list[str]]]:
        """Give when which titles would have been mailed."""
        events, _ = self.replayed(*every, **span)
        return [
            (each.at, [post.post.title for post in each.posts]) for each in events if each.kind is Kind.MAILED
        ]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give a repository whose first commit has one post."""
    root = tmp_path / "site"
    root.mkdir()
    made = replace(Repository(root))
    made.git("init", "-q", "-b", "main")
    made.write("_config.yml", "title: The Post\nurl: https://post.example\n")
    made.post("old")
    made.commit()
    return made
