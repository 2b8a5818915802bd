"""What we write, in each format, is what we read."""

import json
from datetime import datetime

import pytest

from syndicate.fetching import Response
from syndicate.posts.mirrors.feed.reading import read_feed
from syndicate.posts.plain import text_of

pytestmark = pytest.mark.system


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_a_feed_of_ours_is_read_as_the_posts_it_was_made_from(published, name):
    content = (published.outbox / "public" / "feeds" / "all" / name).read_bytes()
    rows = [json.loads(line) for line in published.run("posts", "--json").stdout.splitlines()]

    feed = read_feed(
        Response(status=200, url=f"https://harbour-gazette.example/feeds/all/{name}", content=content)
    )

    assert feed.warnings == ()
    assert (feed.title, feed.home.rstrip("/")) == ("The Harbour Gazette", "https://harbour-gazette.example")
    assert len(feed.entries) == len(rows) == 13
    found = {entry.id: entry for entry in feed.entries}
    for row in rows:
        entry = found[row["id"]]
        assert (entry.title, entry.link) == (row["title"], f"https://harbour-gazette.example{row['url']}")
        assert entry.authors == (tuple(row["authors"]) or (feed.author,))
        assert {*entry.categories, *entry.tags} >= {*row["categories"], *row["tags"]}
        assert entry.published == datetime.fromisoformat(row["published"]).replace(microsecond=0)
        assert text_of(entry.content) == text_of(row["content_html"])
        assert text_of(entry.summary or entry.content) == row["summary"]
