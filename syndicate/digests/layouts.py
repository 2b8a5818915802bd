"""Every layout of every theme in use, filled with made-up posts, so that a template's mistakes show early."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from syndicate.digests.rendering import render
from syndicate.errors import SyndicateError
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
from syndicate.model.shaping import UNSHAPED, Shaping
from syndicate.model.site import Site
from syndicate.settings.schema import ListSettings, Settings

_AT = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
_HOME = "https://made-up.example"
_BODY = (
    "<h2>Heading</h2><p>Text with <em>weight</em> and a <a href='https://made-up.example/'>link</a>.</p>"
    "<blockquote><p>Quoted.</p></blockquote><ul><li>Item</li></ul><pre><code>code</code></pre>"
)
_WORDS = "# Dear readers\n\nWords with *weight* and a [link](/link/)."
#: Gmail passes over a whole style block that is larger.
_KEPT_BYTES = 8_192


def broken_layouts(settings: Settings) -> Iterator[str]:
    """Give one line for each thing that keeps an edition from being set, for any list; nothing is written."""
    lists = settings.lists or (ListSettings(name="made-up", title="Made up"),)
    themes = {each.theme or settings.theme.name: each for each in lists}
    sender = "Made up <news@made-up.example>"
    mail = replace(settings.mail, sender=sender, reply_to=sender, postal_address="Rope Walk 4")
    for list_settings in themes.values():
        for posts in (_rich(), _rich()[:1], _bare(), _bare()[:1]):
            yield from _trouble(posts, list_settings, replace(settings, mail=mail))


def _trouble(posts: list[TrackedPost], list_settings: ListSettings, settings: Settings) -> Iterator[str]:
    home = _HOME if posts[0].post.link else ""
    try:
        digest = render(
            posts,
            # One post more than is shown, so that the line about the rest is there too.
            list_settings=replace(list_settings, zone="UTC", max_posts=max(1, len(posts) - 1)),
            site=_site(home),
            settings=settings,
            at=_AT,
            edition_url=f"{home}/editions/1/" if home else "",
            contents=lambda _: _BODY,
            shaping=Shaping(introduction=_WORDS) if home else UNSHAPED,
        )
    except SyndicateError as error:
        yield str(error)
        return
    theme = list_settings.theme or settings.theme.name
    size = sum(len(block.partition("</style>")[0].encode()) for block in digest.html.split("<style")[1:])
    if size > _KEPT_BYTES:
        yield f"email/themes/{theme}/kept.css: Gmail passes over {size} bytes; shorten it to {_KEPT_BYTES:,}"


def _rich() -> list[TrackedPost]:
    arabic = _tracked(3, collection="letters", language="ar", title="رسالة")
    chinese = _tracked(4, collection="tides", language="zh-Hant", title="潮汐")
    return [_tracked(1), _tracked(2), arabic, chinese, _tracked(5)]


def _bare() -> list[TrackedPost]:
    return [replace(each, post=replace(each.post, link="", authors=(), image=None)) for each in _rich()]


def _tracked(
    number: int, *, collection: str = "posts", language: str = "en", title: str = "Title"
) -> TrackedPost:
    post = _post(number, collection=collection, language=language, title=f"{title} {number}")
    return TrackedPost(
        id=PostId(number),
        post=post,
        entry_id=EntryId(post.link),
        state=PostState.ARRIVED,
        arrival=ArrivalNumber(number),
        first_seen_at=_AT,
        changed_at=_AT,
        updated=_AT,
    )


def _post(number: int, *, collection: str, language: str, title: str) -> Post:
    return Post(
        path=f"_posts/{number}.md",
        url=f"/{number}/",
        link=f"{_HOME}/{number}/",
        generator_id=f"/{number}",
        declared_id=None,
        title=title,
        authors=("Author",),
        collection=collection,
        categories=(),
        tags=(),
        published=_AT,
        updated=_AT,
        excerpt=Excerpt(html=_BODY, text="Text.", origin=ExcerptOrigin.MORE, truncated=True),
        summary="Text.",
        image=Image(url=f"{_HOME}/{number}.png", alt="Picture"),
        language=language,
        fingerprint=str(number),
        body_fingerprint=str(number),
    )


def _site(url: str) -> Site:
    return Site(
        kind="plain",
        root=Path(),
        url=url,
        title="Made up",
        description="",
        language="en",
        zone="UTC",
        author="",
        collections=("posts", "letters", "tides"),
        fingerprint="",
    )
