"""Which feeds are left alone, and which are composed again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from syndicate.feeds.publishing import Publication, publish
from syndicate.feeds.standing import Standing
from syndicate.model.post import TrackedPost
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings

Tracked = Callable[..., TrackedPost]
Source = Any
FEEDS = (
    FeedSettings(name="news", title="News", collections=("posts",)),
    FeedSettings(name="letters", title="Letters", collections=("letters",)),
)


@dataclass
class Press:
    """Publishes again and again, and knows each time how the last one left the feeds."""

    settings: Settings
    source: Source
    standing: Standing = field(default_factory=Standing)

    def publish(self, posts: Sequence[TrackedPost], **circumstances: Any) -> Publication:
        """Publish; ``source.asked`` then tells which posts were rendered for it."""
        self.source.asked.clear()
        for each in posts:
            self.source.html.setdefault(each.post.path, f"<p>All of {each.post.title}.</p>")
        self.standing = replace(self.standing, **circumstances)
        done = publish(posts, self.source, self.settings, progress=lambda *_: None, standing=self.standing)
        self.standing = replace(self.standing, feeds=done.stood)
        return done

    def written(self, done: Publication) -> set[str]:
        """Give what was written, from the web root."""
        return {str(path.relative_to(self.settings.outbox / "public")) for path in done.written}


@pytest.fixture
def press(tmp_path: Path, rendering: Callable[..., Source]) -> Press:
    settings = Settings(
        outbox=tmp_path / "outbox",
        publish=PublishSettings(base_url="https://feeds.example"),
        feeds=FEEDS,
        templates=tmp_path / "templates",
    )
    return Press(settings, rendering([], root=tmp_path))


@pytest.fixture
def posts(tracked: Tracked) -> list[TrackedPost]:
    return [tracked(1), tracked(2), tracked(3, collection="letters"), tracked(4, collection="letters")]


def test_a_feed_without_the_changed_post_is_not_even_composed(
    press: Press, posts: list[TrackedPost], tracked: Tracked
) -> None:
    press.publish(posts)
    posts[2] = tracked(3, collection="letters", title="Rewritten")

    done = press.publish(posts)

    assert set(press.source.asked) == {"_posts/003.md", "_posts/004.md"}
    assert {name.split("/")[1] for name in press.written(done) if "/" in name} == {"letters", "index.html"}
    assert [(each.name, each.entries) for each in done.feeds] == [("news", 2), ("letters", 2)]
    assert len(done.documents) == len(done.written) + done.unchanged


def test_a_feed_that_a_new_post_leaves_alone_reads_the_same_as_one_written_anew(
    press: Press, posts: list[TrackedPost], tracked: Tracked
) -> None:
    press.publish(posts)
    posts.append(tracked(0, collection="letters"))
    done = press.publish(posts)
    patched = {path: path.read_bytes() for path in done.documents}

    press.publish(posts, feeds={})

    assert {path: path.read_bytes() for path in done.documents} == patched


@pytest.mark.parametrize("name", ["news/rss.xml", "news/atom.xml.gz", "news/index.html"])
def test_a_file_that_is_gone_is_written_again(press: Press, posts: list[TrackedPost], name: str) -> None:
    done = press.publish(posts)
    (press.settings.outbox / "public" / "feeds" / name).unlink()

    press.publish(posts)

    assert set(press.source.asked) == {"_posts/001.md", "_posts/002.md"}
    assert all(path.exists() for path in done.documents)


def test_a_file_that_a_hand_has_changed_is_written_again(press: Press, posts: list[TrackedPost]) -> None:
    press.publish(posts)
    document = press.settings.outbox / "public" / "feeds" / "news" / "feed.json"
    before = document.read_bytes()
    document.write_bytes(before.replace(b"Post 1", b"Pest 1"))

    press.publish(posts)

    assert document.read_bytes() == before


def test_a_post_that_looks_elsewhere_is_rendered_with_each_change_of_the_site(
    press: Press, posts: list[TrackedPost]
) -> None:
    press.publish(posts, revision="1")

    press.publish(posts, revision="2")

    assert len(press.source.asked) == len(posts)


def test_a_self_contained_post_is_rendered_once(
    press: Press, tracked: Tracked, tmp_path: Path, posts: list[TrackedPost]
) -> None:
    alone = [replace(each, post=replace(each.post, self_contained=True)) for each in posts]
    (tmp_path / "_posts").mkdir()
    for each in alone:
        (tmp_path / each.post.path).write_text(each.post.title, "utf-8")
    press.publish(alone, revision="1")
    again = press.publish(alone, revision="2")
    asked_again = list(press.source.asked)
    more = [*alone, tracked(0)]

    press.publish(more, revision="3")

    assert (again.written, asked_again) == ((), [])
    assert press.source.asked == ["_posts/000.md"]


def test_a_self_contained_post_whose_bytes_changed_is_rendered_again(
    press: Press, tracked: Tracked, tmp_path: Path
) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/001.md").write_text("One.", "utf-8")
    press.publish([tracked(1, self_contained=True)])
    (tmp_path / "_posts/001.md").write_text("Two.", "utf-8")

    press.publish([tracked(1, self_contained=True), tracked(0)])

    assert set(press.source.asked) == {"_posts/000.md", "_posts/001.md"}


def test_a_post_that_cant_be_read_any_more_is_composed_again(press: Press, posts: list[TrackedPost]) -> None:
    press.publish(posts)

    press.publish(posts, problems=("_posts/003.md:2: is not UTF-8; save it as UTF-8",))

    assert set(press.source.asked) == {"_posts/003.md", "_posts/004.md"}


def test_a_feed_in_which_something_is_amiss_is_looked_at_every_time(
    press: Press, posts: list[TrackedPost]
) -> None:
    press.publish(posts)
    del press.source.html["_posts/001.md"]
    press.source.html = {path: html for path, html in press.source.html.items() if path != "_posts/001.md"}
    first = publish(posts, press.source, press.settings, progress=lambda *_: None)

    assert list(first.stood) == ["letters"]
    assert any("_posts/001.md" in line for line in first.warnings)


def test_another_template_or_program_writes_everything_again(press: Press, posts: list[TrackedPost]) -> None:
    press.publish(posts, under="one")

    press.publish(posts, under="another")

    assert len(press.source.asked) == len(posts)
