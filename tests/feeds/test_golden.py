"""The documents as they stand on the disk; ``SYNDICATE_RENEW_GOLDEN=1`` writes them anew."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from syndicate.feeds.publishing import Publication
from syndicate.model.post import Image, TrackedPost
from syndicate.settings.schema import FeedSettings

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def publication(
    tracked: Callable[..., TrackedPost], published: Callable[..., Publication], rendering: Callable[..., Any]
) -> Publication:
    posts = [
        tracked(
            1, title="Tides & <storms>", image=Image(url="https://gazette.example/sea.jpg", alt="The sea")
        ),
        tracked(2, title="הספינה", language="he", authors=("רות לוי", "Bo"), summary="A < B"),
        tracked(3, title="", link="", authors=(), categories=(), tags=()),
        tracked(4, title="Can't be rendered"),
    ]
    source = rendering(posts, author="The editors")
    del source.html["_posts/004.md"]
    return published(posts, FeedSettings(name="all"), FeedSettings(name="none", tags=("x",)), source=source)


@pytest.mark.parametrize(
    "path",
    [
        *("feeds/all/atom.xml", "feeds/all/rss.xml", "feeds/all/feed.json", "feeds/all/index.html"),
        *("feeds/none/atom.xml", "feeds/none/rss.xml", "feeds/none/feed.json", "feeds/none/index.html"),
        *("feeds/index.html", "feeds/feeds.opml", "index.html"),
    ],
)
def test_a_document_is_as_it_was(path: str, publication: Publication) -> None:
    written = (publication.overview.parents[1] / path).read_bytes()
    golden = GOLDEN / path
    if os.environ.get("SYNDICATE_RENEW_GOLDEN") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(written)

    assert written.decode() == golden.read_text(encoding="utf-8")
