"""A reader who comes late finds every post; what is full stays as it is, to the byte."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from syndicate.feeds.archive import ENTRIES
from syndicate.feeds.linting import lint
from syndicate.feeds.publishing import Publication, publish
from syndicate.feeds.standing import Standing
from syndicate.model.post import PostState, TrackedPost
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings

Tracked = Callable[..., TrackedPost]
BASE = "https://feeds.example/web"
ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
FILES = ("rss.xml", "atom.xml", "feed.json")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass
class Press:
    """Publishes again and again, and knows each time how the last one left the archives."""

    root: Path
    source: Any
    feeds: tuple[FeedSettings, ...] = (FeedSettings(name="all", title="News", archives=True, limit=10),)
    base_url: str = BASE
    standing: Standing = field(default_factory=Standing)

    def publish(self, posts: Sequence[TrackedPost]) -> Publication:
        """Publish; ``source.asked`` then tells which posts were rendered for it."""
        self.source.asked.clear()
        for each in posts:
            self.source.html[each.post.path] = f"<p>All of {each.post.title}.</p>"
        settings = Settings(
            outbox=self.root,
            publish=PublishSettings(base_url=self.base_url, hub="https://hub.example/"),
            feeds=self.feeds,
            templates=self.root / "templates",
        )
        done = publish(posts, self.source, settings, progress=lambda *_: None, standing=self.standing)
        self.standing = replace(self.standing, feeds=done.stood, archives=done.archives)
        return done

    def volumes(self, done: Publication) -> set[str]:
        """Give the numbers of the volumes of which anything was written."""
        return {path.parent.name for path in done.archived}

    def bytes_by_path(self) -> dict[str, bytes]:
        """Give every file of the archives."""
        folder = self.root / "public" / "feeds"
        return {str(path): path.read_bytes() for path in folder.glob("*/archive/*/*")}


@dataclass(frozen=True)
class Page:
    """What a reader takes from a document."""

    ids: list[str]
    #: By ``rel``.
    links: dict[str, str]
    archive: bool


def page(path: Path) -> Page:
    if path.name == "feed.json":
        document = json.loads(path.read_bytes())
        links = {"self": document["feed_url"], "prev-archive": document.get("next_url", "")}
        ids = [item["id"] for item in document["items"]]
        return Page(ids=ids, links=links, archive=False)
    root = etree.parse(path).getroot()
    return Page(
        ids=[each.findtext(f"{ATOM}id") for each in root.iter(f"{ATOM}entry")]
        + [each.findtext("guid") for each in root.iter("item")],
        links={
            link.get("rel"): link.get("href")
            for each in (root, *root)
            for link in each.findall(f"{ATOM}link")
        },
        archive=any(True for _ in root.iter(f"{HISTORY}archive")),
    )


def walk(root: Path, name: str, feed: str = "all") -> list[Page]:
    """Give the pages that a reader finds from the feed's document on, itself the first."""
    found, address = [], f"{BASE}/feeds/{feed}/{name}"
    while address:
        found.append(page(root / "public" / address.removeprefix(f"{BASE}/")))
        assert len(found) < 100
        address = found[-1].links.get("prev-archive", "")
    return found


@pytest.fixture
def press(tmp_path: Path, rendering: Callable[..., Any]) -> Press:
    return Press(tmp_path, rendering([], root=tmp_path))


@pytest.fixture
def posts(tracked: Tracked) -> list[TrackedPost]:
    return [tracked(number) for number in range(1, 2 * ENTRIES + 8)]


@pytest.mark.parametrize("name", FILES)
def test_who_walks_back_finds_every_post_exactly_once(
    press: Press, posts: list[TrackedPost], name: str
) -> None:
    press.publish(posts)

    newest, *volumes = walk(press.root, name)

    ids = [each for volume in volumes for each in volume.ids]
    assert sorted(ids) == sorted(post.entry_id for post in posts)
    assert len(newest.ids) == 10
    assert set(newest.ids) <= set(ids)


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_volume_says_what_it_is_and_where_its_neighbours_are(
    press: Press, posts: list[TrackedPost], name: str
) -> None:
    press.publish(posts)

    newest, third, second, first = walk(press.root, name)

    at = f"{BASE}/feeds/all/archive"
    assert [each.archive for each in (newest, third, second, first)] == [False, True, True, True]
    assert (
        second.links.items()
        >= {
            "self": f"{at}/2/{name}",
            "current": f"{BASE}/feeds/all/{name}",
            "prev-archive": f"{at}/1/{name}",
            "next-archive": f"{at}/3/{name}",
        }.items()
    )
    assert "hub" not in second.links
    assert "next-archive" not in third.links
    assert "prev-archive" not in first.links
    assert newest.links["prev-archive"] == f"{at}/3/{name}"
    assert "current" not in newest.links


def test_a_feed_that_asks_for_none_has_no_archive(press: Press, posts: list[TrackedPost]) -> None:
    press.feeds = (FeedSettings(name="all"),)

    done = press.publish(posts)

    assert (done.archived, done.archives, press.bytes_by_path()) == ((), {}, {})
    assert "prev-archive" not in page(press.root / "public/feeds/all/atom.xml").links


def test_without_an_address_no_archive_is_written_and_it_is_said(
    press: Press, posts: list[TrackedPost]
) -> None:
    press.base_url = ""

    done = press.publish(posts)

    assert press.bytes_by_path() == {}
    assert any('no archive of "all" is written' in line for line in done.warnings)


def test_a_second_pass_composes_no_volume(press: Press, posts: list[TrackedPost]) -> None:
    press.publish(posts)

    done = press.publish(posts)

    assert (done.archived, press.source.asked) == ((), [])


def test_a_new_post_changes_the_last_volume_alone_whatever_its_date(
    press: Press, posts: list[TrackedPost], tracked: Tracked
) -> None:
    press.publish(posts)
    before = press.bytes_by_path()
    late = tracked(len(posts) + 1, published=posts[0].post.published.replace(year=1999))

    done = press.publish([*posts, late])

    after = press.bytes_by_path()
    changed = {path for path in after if after[path] != before.get(path)}
    assert press.volumes(done) == {"3"}
    assert {Path(path).parent.name for path in changed} == {"3"}
    assert len(press.source.asked) < ENTRIES


def test_a_volume_that_is_full_never_changes_again(
    press: Press, posts: list[TrackedPost], tracked: Tracked
) -> None:
    press.publish(posts)
    before = press.bytes_by_path()

    press.publish([*posts, *(tracked(number) for number in range(len(posts) + 1, 5 * ENTRIES))])

    after = press.bytes_by_path()
    full = [path for path in before if Path(path).parent.name in {"1", "2"}]
    assert len(full) == 2 * 3 * 3
    assert all(after[path] == before[path] for path in full)


def test_an_edited_old_post_changes_its_volume_alone(
    press: Press, posts: list[TrackedPost], tracked: Tracked
) -> None:
    press.publish(posts)
    posts[ENTRIES] = tracked(ENTRIES + 1, title="Rewritten")

    done = press.publish(posts)

    assert press.volumes(done) == {"2"}
    assert len(press.source.asked) == ENTRIES


def test_a_volume_reads_the_same_when_nobody_knows_how_it_was_left(
    press: Press, posts: list[TrackedPost]
) -> None:
    press.publish(posts)
    before = press.bytes_by_path()
    press.standing = Standing()

    done = press.publish(posts)

    assert done.archived == ()
    assert press.bytes_by_path() == before


def test_a_post_that_left_is_no_longer_to_be_read(press: Press, posts: list[TrackedPost]) -> None:
    press.publish(posts)
    gone = [replace(post, state=PostState.GONE) for post in posts[ENTRIES : 2 * ENTRIES]]

    press.publish([*posts[:ENTRIES], *gone, *posts[2 * ENTRIES :]])

    assert {Path(path).parent.name for path in press.bytes_by_path()} == {"1", "3"}
    assert [len(each.ids) for each in walk(press.root, "atom.xml")] == [10, 7, ENTRIES]


def test_what_somebody_else_put_there_stays(press: Press, posts: list[TrackedPost]) -> None:
    mine = press.root / "public/feeds/all/archive/9/mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("Mine.")

    press.publish(posts)

    assert mine.read_text() == "Mine."


def test_a_volume_that_was_removed_by_hand_comes_back_with_the_next_change(
    press: Press, posts: list[TrackedPost]
) -> None:
    press.publish(posts)
    before = press.bytes_by_path()
    lost = press.root / "public/feeds/all/archive/1/atom.xml.br"
    lost.unlink()

    press.publish(posts)

    assert press.bytes_by_path() == before


def test_a_post_that_cant_be_rendered_is_warned_of_once_and_looked_at_again(
    press: Press, posts: list[TrackedPost]
) -> None:
    press.publish(posts)
    press.standing = Standing()

    class Broken(dict[str, str]):
        def __setitem__(self, path: str, html: str) -> None:
            if path != "_posts/060.md":
                super().__setitem__(path, html)

    press.source.html = Broken()
    done = press.publish(posts)

    assert sum("_posts/060.md" in line for line in done.warnings) == 1
    assert set(done.archives["all"].marks) == {1, 3}


def test_an_archive_that_is_no_longer_asked_for_is_named(press: Press, posts: list[TrackedPost]) -> None:
    press.publish(posts)
    press.feeds = (FeedSettings(name="all"),)

    done = press.publish(posts)

    assert any("all/archive" in line and "no archive any more" in line for line in done.warnings)
    assert press.bytes_by_path() != {}


@pytest.mark.parametrize("name", FILES)
def test_the_linter_finds_nothing_in_a_volume(press: Press, posts: list[TrackedPost], name: str) -> None:
    press.publish(posts)

    volumes = sorted((press.root / "public/feeds/all/archive").glob(f"*/{name}"))
    findings = [finding for path in volumes for finding in lint(path.read_bytes(), now=NOW)]
    assert len(volumes) == 3
    assert findings == []
