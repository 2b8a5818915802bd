# ruff: noqa: D102 - the methods of Site are the words of the story
"""Six years of a real site: what each commit brought, and what two readers were mailed of it."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from syndicate.model.cadence import Cadence, Every
from syndicate.model.delivery import DeliveryState
from syndicate.posts.detection import Detection, detect, release
from syndicate.posts.recollection import Recollection
from syndicate.posts.sources import open_source
from syndicate.settings.schema import PostsSettings, Settings, SiteSettings
from syndicate.store import posts
from syndicate.store.engine import reading
from syndicate.store.tables import delivery, subscriber, subscription, variant_post

TRACE = Path(__file__).parents[3] / "shared" / "data" / "pen0-arrivals.json.gz"
CONFIG = """\
url: https://pen.example
collections_dir: _collections
future: true
collections: {heros: {output: true}, columns: {output: true}, hkers: {output: true}}
"""
MONDAY = timedelta(days=7)

pytestmark = pytest.mark.long


@pytest.fixture
def trace(size: Callable[[str, int], int]) -> list[dict[str, Any]]:
    """Give the commits: when, and which files each added, edited, renamed or deleted."""
    if not TRACE.is_file():
        if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1":
            pytest.fail(f"{TRACE}: is missing, and everything was asked for")
        pytest.skip("the shared data is not beside this checkout")
    with gzip.open(TRACE) as file:
        commits: list[dict[str, Any]] = json.load(file)["events"]
    return commits[: size("COMMITS", len(commits))]


@dataclass(slots=True)
class Site:
    """The folder as each commit left it; a post is titled after its first path."""

    root: Path
    settings: PostsSettings = field(default_factory=PostsSettings)
    recollection: Recollection = field(default_factory=Recollection)
    titles: dict[str, str] = field(default_factory=dict)
    edits: Counter[str] = field(default_factory=Counter)
    #: Titles as they came and went, with the instants.
    came: dict[str, datetime] = field(default_factory=dict)
    left: dict[str, datetime] = field(default_factory=dict)

    def apply(self, changes: list[list[str]], *, at: datetime) -> None:
        for kind, path, *new in changes:
            if kind in "AM":
                self.add(path, edit=kind == "M", at=at)
            elif path in self.titles:
                (self.root / path).unlink()
                title = self.titles.pop(path)
                self.left[title] = at
                if new:
                    self.titles[new[0]] = title
                    self.write(new[0])

    def add(self, path: str, *, edit: bool, at: datetime) -> None:
        title = self.titles.setdefault(path, path)
        self.edits[title] += edit
        self.came.setdefault(title, at)
        self.left.pop(title, None)
        self.write(path)

    def write(self, path: str) -> None:
        title = self.titles[path]
        said = [f"{title} says {number}" for number in range(self.edits[title], self.edits[title] + 12)]
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f'---\ntitle: "{title}"\ndate: 2024-01-22 12:00:00 +0800\n---\n' + "\n".join(said) + "\n",
            encoding="utf-8",
        )

    def detect(self, engine: sa.Engine, *, at: datetime) -> Detection:
        source = open_source(Settings(site=SiteSettings(path=self.root), posts=self.settings))
        return detect(
            engine,
            source,
            settings=self.settings,
            now=at,
            progress=lambda _done, _all: None,
            recollection=self.recollection,
        )


def mailed(engine: sa.Engine) -> dict[str, Counter[str]]:
    """Count the ledger: to each reader, each post by title."""
    query = (
        sa.select(subscriber.c.address, variant_post.c.post_id)
        .select_from(delivery)
        .join(variant_post, variant_post.c.variant_id == delivery.c.variant_id)
        .join(subscription, subscription.c.id == delivery.c.subscription_id)
        .join(subscriber, subscriber.c.id == subscription.c.subscriber_id)
        .where(delivery.c.state == DeliveryState.ACCEPTED)
    )
    with reading(engine) as connection:
        titles = {each.id: each.post.title for each in posts.remembered(connection)}
        found: dict[str, Counter[str]] = {}
        for address, post_id in connection.execute(query):
            found.setdefault(address.partition("@")[0], Counter())[titles[post_id]] += 1
    return found


def instants(trace: list[dict[str, Any]]) -> Iterator[tuple[datetime, list[list[str]]]]:
    """Give each commit, and after it the Mondays at noon before the next one."""
    times = [datetime.fromtimestamp(each["time"], UTC) for each in trace]
    monday = datetime(2020, 2, 10, 12, 0, tzinfo=UTC)
    for at, commit, following in zip(times, trace, [*times[1:], times[-1] + 2 * MONDAY], strict=True):
        yield at, commit["changes"]
        if at + timedelta(minutes=15) < following:
            yield at + timedelta(minutes=15), []
        while monday < following:
            if monday > at:
                yield monday, []
            monday += MONDAY


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_post_of_six_years_is_mailed_once_to_each_reader(
    river: Any, trace: list[dict[str, Any]], tmp_path: Path
) -> None:
    site = Site(tmp_path / "site")
    site.root.mkdir()
    (site.root / "_config.yml").write_text(CONFIG)
    cadences = (Cadence(every=Every.WEEKLY, on="mon"), Cadence(every=Every.EACH))
    river.configure(cadences=cadences, zone="UTC", late_after=timedelta(days=1))
    baseline: set[str] = set()
    floods = []

    for at, changes in instants(trace):
        river.now = at
        site.apply(changes, at=at)
        found = site.detect(river.engine, at=at)
        if found.baseline:
            baseline = {each.post.title for each in found.new}
            river.join("weekly", cadence="weekly")
            river.join("each", cadence="each")
        if found.held:
            floods.append(len(found.held))
            release(river.engine)  # an editor says yes
        river.start()
        river.tick()
        river.freeze()
        river.send()

    got = mailed(river.engine)
    new = site.came.keys() - baseline
    assert len(baseline) == 9
    assert len(new) > len(trace)
    assert got["each"] == Counter(new)
    assert max(got["weekly"].values()) == 1
    missed = new - got["weekly"].keys()
    assert all(site.left[title] - site.came[title] < MONDAY for title in missed)
    assert got["weekly"].keys() <= new
    assert len(floods) >= sum(sum(kind == "A" for kind, *_ in each["changes"]) > 10 for each in trace[1:])
