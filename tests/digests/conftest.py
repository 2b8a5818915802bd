"""A fictional paper's posts, and a way to render them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.digests.rendering import Digest, render
from syndicate.mail.inlining import INLINERS
from syndicate.mail.slots import Personal
from syndicate.model.post import (
    ArrivalNumber,
    EntryId,
    Excerpt,
    ExcerptOrigin,
    Image,
    Post,
    PostId,
    PostState,
    TrackedPost,
)
from syndicate.model.site import Site
from syndicate.settings.schema import ListSettings, MailSettings, Settings

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
OPENING = (
    '<p>The <em>Petrel</em> was back at her berth at six, after <a href="https://port.example/log">nine days'
    "</a> in dock &amp; with a new shaft.</p>"
)
MakePost = Callable[..., TrackedPost]
Render = Callable[..., Digest]


@pytest.fixture
def make_post() -> MakePost:
    """Give a function that makes the numbered post, newest first; any field of ``Post`` may be given."""

    def make(number: int = 1, /, *, html: str = OPENING, truncated: bool = True, **facts: Any) -> TrackedPost:
        published = AT - timedelta(days=number)
        given = {
            "path": f"_posts/{number}.md",
            "url": f"/{number}.html",
            "link": f"https://gazette.example/{number}.html",
            "generator_id": f"/{number}",
            "declared_id": None,
            "title": f"Ferry report {number}",
            "authors": ("Ines Brandt",),
            "collection": "posts",
            "categories": (),
            "tags": (),
            "published": published,
            "updated": published,
            "excerpt": Excerpt(
                html=html, text="The Petrel is back.", origin=ExcerptOrigin.MORE, truncated=truncated
            ),
            "summary": "The Petrel is back.",
            "image": Image(url=f"https://gazette.example/{number}.jpg"),
            "language": "en",
            "fingerprint": f"f{number}",
            "body_fingerprint": f"b{number}",
        }
        return TrackedPost(
            id=PostId(number),
            post=Post(**{**given, **facts}),
            entry_id=EntryId(f"https://gazette.example/{number}"),
            state=PostState.ARRIVED,
            arrival=ArrivalNumber(number),
            first_seen_at=published,
            changed_at=published,
            updated=published,
        )

    return make


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give the paper's site."""
    return Site(
        kind="jekyll",
        root=tmp_path,
        url="https://gazette.example",
        title="The Harbour Gazette",
        description="",
        language="en",
        zone="UTC",
        author="",
        collections=("posts", "letters", "tides"),
        fingerprint="1",
    )


@pytest.fixture
def list_settings() -> ListSettings:
    """Give the paper's list."""
    return ListSettings(
        name="weekly",
        title="The Harbour Gazette",
        description="What happened at the water's edge, every Monday.",
        zone="Europe/Lisbon",
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give the paper's settings, with an empty folder of own templates."""
    mail = MailSettings(
        sender="The Harbour Gazette <news@gazette.example>",
        reply_to="editors@gazette.example",
        postal_address="The Harbour Gazette, 4 Rope Walk, Example Harbour 10000",
    )
    return Settings(mail=mail, templates=tmp_path / "templates")


@pytest.fixture
def digest(site: Site, list_settings: ListSettings, settings: Settings) -> Render:
    """Give a function that renders posts; any argument of ``render`` may be given."""

    def rendered(*posts: TrackedPost, **arguments: Any) -> Digest:
        usual = {
            "list_settings": list_settings,
            "site": site,
            "settings": settings,
            "at": AT,
            "edition_url": "https://gazette.example/editions/weekly/12/",
            "contents": lambda tracked: tracked.post.excerpt.html * 40,
        }
        return render(posts, **{**usual, **arguments})

    return rendered


@pytest.fixture
def personal() -> Personal:
    """Give one reader's own values."""
    return Personal(
        address="reader@example.com",
        message_id="<12.38a8c76c5a262e6a@gazette.example>",
        unsubscribe_url="https://gazette.example/u/r42-oKgvQgIvnWJAKHQ",
        unsubscribe_mailto="mailto:leave@gazette.example?subject=r42-oKgvQgIvnWJAKHQ",
    )


@pytest.fixture(params=sorted(INLINERS))
def by_inliner(request: pytest.FixtureRequest, digest: Render, settings: Settings) -> Render:
    """Give ``digest`` by each inliner that is installed."""
    if request.param == "css-inline":
        pytest.importorskip("css_inline", reason="the extra css-inline is not installed")
    chosen = replace(settings, mail=replace(settings.mail, inliner=request.param))
    return lambda *posts, **arguments: digest(*posts, settings=chosen, **arguments)
