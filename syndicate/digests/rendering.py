"""A digest set and encoded: once per variant, never per reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from syndicate.digests.budget import LIMIT_BYTES, RESERVED_BYTES, Cost, estimate, shrunk
from syndicate.digests.composition import Composition, Frame, Material, compose, full_shape
from syndicate.digests.introduction import introduction_html
from syndicate.digests.phrases import phrases
from syndicate.digests.plain_part import plain_part
from syndicate.digests.sections import Sectioning, page_order
from syndicate.errors import MessageError, PostError
from syndicate.mail import wire
from syndicate.mail.headers import Heading
from syndicate.mail.inlining import inliner
from syndicate.mail.links import web_link
from syndicate.mail.slots import Slots
from syndicate.model.language import language_tag, primary
from syndicate.model.post import PostId, TrackedPost
from syndicate.model.shaping import UNSHAPED, Shaping
from syndicate.model.site import Site
from syndicate.settings.schema import ListSettings, Settings
from syndicate.templating import environment, rendered

_TEMPLATE = "email/digest.html"
_ROOM_BYTES = LIMIT_BYTES - RESERVED_BYTES
#: What a post's heading and a picture take at least, apart from their own words.
_TITLE_BYTES = 600
_PICTURE_BYTES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The content of one variant; ``html``, ``text`` and ``wire`` still hold the slots."""

    subject: str
    html: str
    text: str
    #: What ``mail.wire.Wire.parse`` reads.
    wire: bytes


def render(  # noqa: PLR0913 - everything a digest depends on, each by name
    posts: Sequence[TrackedPost],
    *,
    list_settings: ListSettings,
    site: Site,
    settings: Settings,
    at: datetime,
    edition_url: str,
    contents: Callable[[TrackedPost], str],
    number: int = 0,
    shaping: Shaping = UNSHAPED,
) -> Digest:
    """Give the digest of ``posts``, the first of which leads; the same input gives the same bytes.

    ``at`` is the edition's instant, and ``shaping`` what editors gave it. ``contents`` renders a post's full
    text (``PostError`` when it can't, and then its excerpt stands alone). ``TemplateError`` and
    ``MessageError`` say what must be mended first.
    """
    material = _material(
        posts,
        list_settings=list_settings,
        site=site,
        at=at,
        contents=contents,
        number=number,
        shaping=shaping,
    )
    frame = Frame(
        slots=Slots.absent_from(repr((material, settings.mail, edition_url))),
        edition_url=web_link(edition_url) or "",
        site_url=web_link(site.url) or "",
        postal_address=settings.mail.postal_address,
    )
    composition, page = _within_budget(material, frame, settings)
    text = plain_part(composition, frame, material.phrases)
    message = wire.template(_heading(composition, material, settings), frame.slots, text=text, html=page)
    return Digest(subject=composition.subject, html=page, text=text, wire=message)


def _heading(composition: Composition, material: Material, settings: Settings) -> Heading:
    return Heading(
        sender=settings.mail.sender,
        reply_to=settings.mail.reply_to,
        subject=composition.subject,
        date=material.at,
        list_name=material.list_settings.name,
        list_title=composition.title,
    )


def _material(  # noqa: PLR0913 - as above
    posts: Sequence[TrackedPost],
    *,
    list_settings: ListSettings,
    site: Site,
    at: datetime,
    contents: Callable[[TrackedPost], str],
    number: int,
    shaping: Shaping,
) -> Material:
    if not posts:
        raise MessageError(f'lists "{list_settings.name}": a digest needs a post; skip this edition')
    sectioning = Sectioning.of(list_settings, site)
    pinned = sum(each.id in shaping.pinned for each in posts)
    ordered = page_order(posts, sectioning, pinned=pinned)
    language = language_tag(site.language)
    return Material(
        posts=ordered,
        sectioning=sectioning,
        contents=_contents(ordered[: max(1, list_settings.max_posts)], contents),
        list_settings=list_settings,
        language=language,
        phrases=phrases(primary(language)),
        zone=ZoneInfo(list_settings.zone or site.zone),
        at=at,
        number=number,
        shaping=shaping,
        introduction=introduction_html(shaping.introduction, base=site.url),
    )


def _contents(posts: Sequence[TrackedPost], contents: Callable[[TrackedPost], str]) -> Mapping[PostId, str]:
    found = {}
    for tracked in posts:
        try:
            found[tracked.id] = contents(tracked)
        except PostError:
            # The pass over the posts has named it already; here its excerpt stands for it.
            continue
    return found


def _within_budget(material: Material, frame: Frame, settings: Settings) -> tuple[Composition, str]:
    """Set the page; again with less on it only where it would be clipped."""
    costs = [_cost(tracked, material) for tracked in material.posts]
    shape = full_shape(material)
    excess = estimate(shape, costs) + _size(material.introduction) - _ROOM_BYTES
    if excess > 0:
        shape = shrunk(shape, costs, by=excess) or shape
    while True:
        composition = compose(material, shape)
        page = _page(composition, frame, material, settings)
        size = len(page.encode())
        if size <= _ROOM_BYTES:
            return composition, page
        # Inlining makes a page larger by a factor, so less needs to go than its excess.
        by = (size - _ROOM_BYTES) * estimate(shape, costs) // size
        smaller = shrunk(shape, costs, by=by)
        if smaller is None:
            raise MessageError(
                f"{_TEMPLATE}: {size} bytes with a single title; Gmail clips it, so shorten it"
            )
        shape = smaller


def _cost(tracked: TrackedPost, material: Material) -> Cost:
    post = tracked.post
    return Cost(
        title=_TITLE_BYTES + _size(post.title) + len(post.link),
        picture=_PICTURE_BYTES + len(post.image.url) if post.image else 0,
        excerpt=_size(post.excerpt.html),
        whole=_size(material.contents.get(tracked.id, post.excerpt.html)),
    )


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _page(composition: Composition, frame: Frame, material: Material, settings: Settings) -> str:
    values = {
        "digest": composition,
        "frame": frame,
        "words": material.phrases,
        "address": frame.slots.address,
        "unsubscribe_url": frame.slots.unsubscribe_url,
    }
    page = rendered(environment(settings.templates), _TEMPLATE, values)
    inlined = inliner(settings.mail.inliner)(page)
    if frame.slots.count(page) != frame.slots.count(inlined):
        raise MessageError(f"{_TEMPLATE}: inlining changed a slot; use the shipped template")
    return inlined
