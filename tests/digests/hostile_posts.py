"""A process whose connections are watched: it sets and inlines a digest of posts that want to be fetched.

Every name that is looked up and every socket that connects is printed.

Usage: hostile_posts.py ADDRESS INLINER
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from syndicate.digests.rendering import render
from syndicate.mail.wire import Wire
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

address, inliner = sys.argv[1:]
AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
HTML = (
    f"<style>@import url({address}/import.css); @import '{address}/quoted.css'; p {{ color: red }}</style>"
    f'<link rel="stylesheet" href="{address}/link.css"><link rel=preload as=style href={address}/preload.css>'
    f'<img src="{address}/picture.png" srcset="{address}/2x.png 2x"><iframe src="{address}/frame"></iframe>'
    f'<p style="background: url({address}/background.png)">one <a href="{address}/page">two</a></p>'
    f"<svg><style>@import url({address}/svg.css)</style><image href={address}/svg.png /></svg>"
    f'<!--[if mso]><xml><o:p href="{address}/mso"></o:p></xml><style>@import url({address}/mso.css)</style>'
    f"<![endif]--><object data={address}/object></object><base href={address}/base/>"
)


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Print whatever would leave the process."""
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        sys.stdout.write(f"{event} {arguments}\n")


def post(number: int) -> TrackedPost:
    """Give a post that is made of traps."""
    return TrackedPost(
        id=PostId(number),
        post=Post(
            path=f"_posts/{number}.md",
            url=f"/{number}/",
            link=f"{address}/{number}/",
            generator_id=f"/{number}",
            declared_id=None,
            title=f"{number} <link rel=stylesheet href={address}/title.css>",
            authors=(f"<style>@import url({address}/author.css)</style>",),
            collection="posts",
            categories=(),
            tags=(),
            published=AT,
            updated=AT,
            excerpt=Excerpt(html=HTML, text="One two.", origin=ExcerptOrigin.MORE, truncated=True),
            summary="One two.",
            image=Image(url=f"{address}/cover.png"),
            language="en",
            fingerprint=str(number),
            body_fingerprint=str(number),
        ),
        entry_id=EntryId(f"{address}/{number}"),
        state=PostState.ARRIVED,
        arrival=ArrivalNumber(number),
        first_seen_at=AT,
        changed_at=AT,
        updated=AT,
    )


sys.addaudithook(watch)
digest = render(
    [post(1), post(2)],
    list_settings=ListSettings(name="weekly", title="The Gazette", content="full"),
    site=Site(
        kind="jekyll",
        root=Path(),
        url=address,
        title="The Gazette",
        description="",
        language="en",
        zone="UTC",
        author="",
        collections=("posts",),
        fingerprint="1",
    ),
    settings=Settings(
        mail=MailSettings(
            sender="The Gazette <news@gazette.example>",
            reply_to="news@gazette.example",
            postal_address="4 Rope Walk",
            inliner=inliner,
        ),
        templates=Path("nowhere"),
    ),
    at=AT,
    edition_url=f"{address}/editions/weekly/1/",
    contents=lambda _: HTML * 3,
)
Wire.parse(digest.wire)
sys.stdout.write(f"{len(digest.html)} bytes set\n")
