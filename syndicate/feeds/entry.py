"""A post inside a feed: one model that every format writes, so that they can't disagree."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from syndicate.feeds import characters, links
from syndicate.model.language import language_tag
from syndicate.model.post import Enclosure, Image, TrackedPost

#: Of a document whose site and posts name none that is a tag.
DEFAULT_LANGUAGE = "en"
_TITLE_FROM_SUMMARY = 60
_MICROSECONDS = 1_000_000
#: RFC 3986 §2.1, next to each other: a letter may take several. With a "%" first, which is quick to be found.
_ESCAPES = re.compile("%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
#: RFC 6838 §4.2, without parameters.
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,126}/[A-Za-z0-9][\w!#$&^.+-]{0,126}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one post; every text is legal XML, every URL absolute and ASCII."""

    #: An absolute IRI, unique.
    id: str
    #: "" where the post has no address.
    url: str
    #: Plain text, never empty.
    title: str
    authors: tuple[str, ...]
    #: Categories and tags.
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    #: Plain text, one line.
    summary: str
    #: HTML: the full text, or the excerpt where ``whole`` is false.
    content: str
    #: Whether ``content`` is the post's full text.
    whole: bool
    image: Image | None
    #: BCP 47.
    language: str
    enclosure: Enclosure | None = None
    #: "" for those of the feed.
    rights: str = ""


def whole_entry(tracked: TrackedPost, content_html: str) -> Entry:
    """Give the entry that carries a post's full text."""
    image = _image(tracked.post.image)
    content = _with_picture(characters.markup(content_html), image)
    return _entry(tracked, content, image, whole=True)


def excerpt_entry(tracked: TrackedPost) -> Entry:
    """Give the entry that carries a post's excerpt alone."""
    post = tracked.post
    html = characters.markup(post.excerpt.html).strip()
    content = html or escape(characters.plain(post.summary), quote=False)
    return _entry(tracked, content, _image(post.image), whole=False)


def ordered(posts: Iterable[TrackedPost]) -> list[TrackedPost]:
    """Give posts as feeds order them: the newest first, ties by path."""
    by_path = sorted(posts, key=lambda tracked: tracked.post.path)
    return sorted(by_path, key=lambda tracked: tracked.post.published, reverse=True)


def _entry(tracked: TrackedPost, content: str, image: Image | None, *, whole: bool) -> Entry:
    post = tracked.post
    summary = characters.plain(post.summary) or characters.plain(post.excerpt.text)
    title = characters.plain(post.title) or _title_from(summary)
    return Entry(
        id=links.entry_iri(tracked.entry_id),
        url=links.web_url(post.link),
        title=title,
        authors=_names(post.authors),
        categories=_names((*post.categories, *post.tags)),
        published=post.published.astimezone(UTC),
        updated=_updated(tracked),
        summary=summary,
        # Feed readers make trouble of an entry that says nothing at all.
        content=content if content.strip() else f"<p>{escape(title, quote=False)}</p>",
        whole=whole,
        image=image,
        language=language_tag(post.language, otherwise=DEFAULT_LANGUAGE),
        enclosure=_enclosure(post.enclosure),
        rights=characters.plain(post.rights),
    )


def _title_from(summary: str) -> str:
    """Give an opening for a post that has no title (RFC 4287 §4.2.14 wants one)."""
    if len(summary) <= _TITLE_FROM_SUMMARY:
        return summary or "Untitled"
    head = summary[:_TITLE_FROM_SUMMARY]
    return f"{head.rsplit(' ', 1)[0]}…"


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = (characters.plain(name) for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _updated(tracked: TrackedPost) -> datetime:
    """Give the last change with a fraction of a second that is the entry's own.

    Thousands of posts carry the same instant (12:00:00). Readers that sort by ``updated``, and validators,
    want them apart; a fraction made of the id moves no entry when a neighbour comes or goes.
    """
    fraction = int.from_bytes(sha256(ascii(tracked.entry_id).encode()).digest()[:8]) % _MICROSECONDS
    latest = max(tracked.updated, tracked.post.published).astimezone(UTC)
    return latest.replace(microsecond=fraction)


def _with_picture(content: str, image: Image | None) -> str:
    """Give the text with the post's picture before it, where it doesn't show it anyway.

    Many readers pass over thumbnails (FreshRSS #5925, wallabag #5982).
    """
    if image is None or not content.strip():
        return content
    if unquote(urlsplit(image.url).path) in decoded(unescape(content)):
        return content
    return f'<p><img src="{escape(image.url)}" alt="{escape(image.alt)}"></p>\n{content}'


def decoded(text: str) -> str:
    """Give what ``unquote`` gives, which takes all that is ASCII apart: a quarter of what an entry costs."""
    return _ESCAPES.sub(lambda escapes: unquote(escapes[0]), text)


def _enclosure(enclosure: Enclosure | None) -> Enclosure | None:
    url = links.web_url(enclosure.url) if enclosure else ""
    if enclosure is None or not url or not _MEDIA_TYPE.fullmatch(enclosure.media_type):
        return None
    return replace(enclosure, url=url)


def _image(image: Image | None) -> Image | None:
    url = links.web_url(image.url) if image else ""
    return Image(url=url, alt=characters.plain(image.alt)) if image and url else None
