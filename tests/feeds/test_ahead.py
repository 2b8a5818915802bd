"""Feeds that are printed ahead are those that publishing would print itself."""

from dataclasses import replace

import pytest

from syndicate.feeds.ahead import first_of, printing, rehearse
from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.planning import plan_of
from syndicate.feeds.publishing import publish
from syndicate.feeds.standing import Standing, made_of
from syndicate.feeds.writing import compressed
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings

FEED = FeedSettings(name="all", title="All", limit=2)


@pytest.fixture
def settings(tmp_path):
    return Settings(
        outbox=tmp_path / "outbox",
        publish=PublishSettings(base_url="https://feeds.example"),
        feeds=(FEED,),
        templates=tmp_path / "templates",
    )


@pytest.fixture
def source_of(rendering, tmp_path):
    def _source_of(posts):
        for each in posts:
            path = tmp_path / "site" / each.post.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(each.post.title)
        return rendering(posts, root=tmp_path / "site")

    return _source_of


def posts_of(tracked, **changes):
    return [tracked(number, **{"self_contained": True, **changes}) for number in (3, 1, 2)]


def files(settings):
    return {each.name: each.read_bytes() for each in (settings.outbox / "public/feeds/all").iterdir()}


def published(posts, source, settings, standing):
    return publish(posts, source, settings, progress=lambda _done, _all: None, standing=standing)


def test_few_feeds_are_printed_ahead_and_none_that_is_huge_or_asks_for_more_than_posts():
    others = [replace(FEED, each="tag"), replace(FEED, archives=True), replace(FEED, max_bytes=5_000_000)]
    feeds = [replace(FEED, name=str(number)) for number in range(10)]

    assert first_of([*others, *feeds]) == feeds[:8]


def test_a_feed_is_printed_as_publishing_prints_it(tracked, source_of, settings):
    posts = posts_of(tracked)
    source = source_of(posts)
    _, printed = printing(posts, source, settings, Standing())(FEED)

    published(posts, source, settings, Standing())

    assert files(settings) == {**printed.documents, **printed.twins}
    assert printed.twins == compressed(printed.documents)
    assert printed.entries == 2


def test_publishing_takes_a_feed_that_is_printed(tracked, source_of, settings):
    posts = posts_of(tracked)
    source, standing = source_of(posts), Standing()
    key, printed = printing(posts, source, settings, standing)(FEED)
    standing.workshop.prints.keep(key, replace(printed, documents={"rss.xml": b"as printed"}))

    published(posts, source, settings, standing)

    assert files(settings)["rss.xml"] == b"as printed"


def test_a_feed_is_taken_once(tracked, source_of, settings):
    posts = posts_of(tracked)
    source, standing = source_of(posts), Standing()
    standing.workshop.prints.keep(*printing(posts, source, settings, standing)(FEED))
    plan = plan_of(FEED, Catalogue(posts), source.site, settings, standing)

    taken = [standing.workshop.prints.taken(lambda: made_of(plan, standing.under)) for _ in range(2)]

    assert taken[0] is not None
    assert taken[1] is None


@pytest.mark.parametrize("change", [{"title": "Another"}, {"summary": "Another"}, {"self_contained": False}])
def test_a_feed_that_was_printed_of_other_posts_is_not_taken(tracked, source_of, settings, change):
    before, after = posts_of(tracked), posts_of(tracked, **change)
    source, standing = source_of(before), Standing()
    key, printed = printing(before, source, settings, standing)(FEED)
    standing.workshop.prints.keep(key, replace(printed, documents={"rss.xml": b"of before"}))

    published(after, source, settings, standing)

    assert files(settings)["rss.xml"] != b"of before"


def test_a_feed_with_a_text_that_looks_elsewhere_waits(tracked, source_of, settings):
    posts = posts_of(tracked, self_contained=False)

    assert printing(posts, source_of(posts), settings, Standing())(FEED) is None


def test_a_feed_in_which_something_is_amiss_is_left_to_publishing(tracked, source_of, settings):
    posts = posts_of(tracked)
    source = source_of(posts[:1])

    assert printing(posts, source, settings, Standing())(FEED) is None
    assert published(posts, source, settings, Standing()).warnings


@pytest.mark.parametrize(("name", "text"), [("web/feed.html", "{% if %}"), ("words/en.po", "no catalogue")])
def test_a_broken_template_is_left_to_publishing(tracked, source_of, settings, name, text):
    posts = posts_of(tracked)
    broken = settings.templates / name
    broken.parent.mkdir(parents=True)
    broken.write_text(text)

    assert printing(posts, source_of(posts), settings, Standing())(FEED) is None
    rehearse(source_of(posts), settings, Standing())


def test_a_rehearsal_leaves_nothing(tracked, source_of, settings):
    posts = posts_of(tracked)

    rehearse(source_of(posts), settings, Standing())

    assert not settings.outbox.exists()
