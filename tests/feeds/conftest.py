"""Posts made by hand, and a source that renders what it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest

from syndicate.errors import PostError
from syndicate.feeds.publishing import Publication, publish
from syndicate.model.post import (
    ArrivalNumber,
    EntryId,
    Excerpt,
    ExcerptOrigin,
    Post,
    PostId,
    PostState,
    TrackedPost,
)
from syndicate.model.site import Site
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

SITE = Site(
    kind="jekyll",
    root=Path("/site"),
    url="https://gazette.example",
    title="The Harbour Gazette",
    description="News of a small port",
    language="en",
    zone="Europe/Lisbon",
    author="The editors",
    collections=("posts", "letters"),
    fingerprint="1",
)


def _tracked(number: int = 1, **changes: object) -> TrackedPost:
    of_tracked = {key: value for key, value in changes.items() if key in TrackedPost.__dataclass_fields__}
    of_post = {key: value for key, value in changes.items() if key not in of_tracked}
    published = NOON - timedelta(days=number)
    post = Post(
        path=f"_posts/{number:03}.md",
        url=f"/{number}/",
        link=f"https://gazette.example/{number}/",
        generator_id=f"https://gazette.example/{number}",
        declared_id=None,
        title=f"Post {number}",
        authors=("Ana Reis",),
        collection="posts",
        categories=("harbour",),
        tags=("boats",),
        published=published,
        updated=published,
        excerpt=Excerpt(
            html=f"<p>Opening <em>{number}</em>.</p>",
            text=f"Opening {number}.",
            origin=ExcerptOrigin.OPENING,
            truncated=True,
        ),
        summary=f"Opening {number}.",
        image=None,
        language="en",
        fingerprint=f"f{number}",
        body_fingerprint=f"b{number}",
    )
    known = TrackedPost(
        id=PostId(number),
        post=replace(post, **of_post),
        entry_id=EntryId(f"https://gazette.example/{number}"),
        state=PostState.BASELINE,
        arrival=ArrivalNumber(number),
        first_seen_at=NOON,
        changed_at=NOON,
        updated=published,
    )
    return replace(known, **of_tracked)


@dataclass
class Rendered:
    """A source whose posts are in a dictionary; a path it doesn't hold can't be rendered."""

    site: Site = SITE
    html: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def content_html(self, path: str) -> str:
        """Give what it was told to; ``PostError`` for any other path."""
        self.asked.append(path)
        if path not in self.html:
            raise PostError(path, "Liquid can't be read", "close the tag", line=7)
        return self.html[path]


@pytest.fixture
def tracked() -> Callable[..., TrackedPost]:
    """Give a maker of posts: ``tracked(3, title="A")``, fields of the post or of what is tracked of it."""
    return _tracked


@pytest.fixture
def rendering() -> Callable[..., Rendered]:
    """Give a maker of sources that render each of the posts they are given."""

    def _rendering(posts: list[TrackedPost], **site: object) -> Rendered:
        html = {each.post.path: f"<p>All of {escape(each.post.title)} &amp; more.</p>" for each in posts}
        return Rendered(site=replace(SITE, **site), html=html)

    return _rendering


@pytest.fixture
def published(tmp_path: Path, rendering: Callable[..., Rendered]) -> Callable[..., Publication]:
    """Give a function that publishes posts into the test's folder, ``outbox``."""

    def _published(
        posts: list[TrackedPost],
        *feeds: FeedSettings,
        source: Rendered | None = None,
        base_url: str = "https://feeds.example/web",
    ) -> Publication:
        settings = Settings(
            outbox=tmp_path,
            publish=PublishSettings(base_url=base_url, hub="https://hub.example/"),
            feeds=feeds or (FeedSettings(name="all", title=SITE.title, description=SITE.description),),
            templates=tmp_path / "templates",
        )
        return publish(posts, source or rendering(posts), settings, progress=lambda _done, _all: None)

    return _published
