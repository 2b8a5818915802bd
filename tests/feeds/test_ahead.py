"""Texts that are rendered ahead are those that publishing looks for."""

from pathlib import Path

import pytest

from syndicate.errors import PostError
from syndicate.feeds.ahead import texts_ahead
from syndicate.settings.schema import FeedSettings

NEWEST_TWO = FeedSettings(name="all", title="All", limit=2)


def test_the_posts_that_a_feed_will_hold_are_rendered_under_the_key_that_is_asked_for(tracked, rendering):
    posts = [tracked(number, self_contained=True) for number in (3, 1, 2)]

    found = texts_ahead(
        NEWEST_TWO,
        [each.post for each in posts],
        key=lambda each: each.post.path,
        render=rendering(posts).content_html,
    )

    assert found == [
        ("_posts/001.md", "<p>All of Post 1 &amp; more.</p>"),
        ("_posts/002.md", "<p>All of Post 2 &amp; more.</p>"),
    ]


@pytest.mark.parametrize("content", ["full", "both"])
def test_a_text_that_looks_elsewhere_is_not_rendered_ahead(tracked, rendering, content):
    posts = [tracked(1, self_contained=False)]
    feed = FeedSettings(name="all", title="All", content=content)

    found = texts_ahead(feed, [each.post for each in posts], key=id, render=rendering(posts).content_html)

    assert found == []


def test_a_feed_of_excerpts_needs_no_text(tracked, rendering):
    posts = [tracked(1, self_contained=True)]
    feed = FeedSettings(name="all", title="All", content="excerpt")

    found = texts_ahead(feed, [each.post for each in posts], key=id, render=rendering(posts).content_html)

    assert found == []


def test_a_post_that_can_not_be_rendered_is_left_to_the_feed(tracked, rendering):
    broken, whole = tracked(1, self_contained=True), tracked(2, self_contained=True)
    source = rendering([whole])

    found = texts_ahead(
        NEWEST_TWO, [broken.post, whole.post], key=lambda each: each.post.path, render=source.content_html
    )

    assert [key for key, _ in found] == [whole.post.path]


def test_a_file_that_changes_while_it_is_rendered_is_left_to_the_feed(tracked, rendering, tmp_path):
    post = tracked(1, self_contained=True)
    file = tmp_path / "post.md"
    file.write_text("before")

    def render(_path: str) -> str:
        file.write_text("after")
        return "<p>torn</p>"

    def key(_tracked: object) -> str:
        return Path(file).read_text()

    assert texts_ahead(NEWEST_TWO, [post.post], key=key, render=render) == []


def test_a_file_that_is_gone_is_left_to_the_feed(tracked, rendering):
    post = tracked(1, self_contained=True)

    def key(_tracked: object) -> object:
        raise PostError(post.post.path, "can't be read", "put it back")

    assert texts_ahead(NEWEST_TWO, [post.post], key=key, render=rendering([post]).content_html) == []
