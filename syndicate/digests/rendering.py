"""A digest set and encoded: once per variant, never per reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from syndicate.digests.budget import LIMIT_BYTES, RESERVED_BYTES, Cost, estimate, shrunk
from syndicate.digests.composition import Composition, Frame, Material, compose, full_shape
from syndicate.digests.introduction import introduction_html
from syndicate.digests.plain_part import plain_part
from syndicate.digests.sections import Sectioning, page_order
from syndicate.digests.theme import Theme, load_theme
from syndicate.errors import MessageError, PostError
from syndicate.mail import wire
from syndicate.mail.headers import Heading
from syndicate.mail.inlining import Inliner, inliner
from syndicate.mail.links import web_link
from syndicate.mail.slots import Slots
from syndicate.model.language import language_tag
from syndicate.model.post import PostId, TrackedPost
from syndicate.model.shaping import UNSHAPED, Shaping
from syndicate.model.site import Site
from syndicate.settings.schema import ListSettings, Settings
from syndicate.templating import environment, rendered, shipped, source_of
from syndicate.templating.phrases import Phrases, phrases

if TYPE_CHECKING:
    from jinja2 import Environment

#: What sets many posts, and what sets one, which reads like an article.
_DIGEST, _POST = "email/digest.html", "email/post.html"
_FOOTER = "email/partials/footer.html"
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
        words=phrases(language_tag(site.language), settings.templates),
    )
    frame = Frame(
        slots=Slots.absent_from(repr((material, settings.mail, edition_url))),
        edition_url=web_link(edition_url) or "",
        site_url=web_link(site.url) or "",
        postal_address=settings.mail.postal_address,
    )
    composition, page = _within_budget(material, _Press.of(material, frame, settings))
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
    words: Phrases,
) -> Material:
    if not posts:
        raise MessageError(f'lists "{list_settings.name}": a digest needs a post; skip this edition')
    sectioning = Sectioning.of(list_settings, site)
    pinned = sum(each.id in shaping.pinned for each in posts)
    ordered = page_order(posts, sectioning, pinned=pinned)
    return Material(
        posts=ordered,
        sectioning=sectioning,
        contents=_contents(ordered[: max(1, list_settings.max_posts)], contents),
        list_settings=list_settings,
        language=language_tag(site.language),
        phrases=words,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    """What every page of an edition is set with."""

    environment: "Environment"
    inline: Inliner
    theme: Theme
    words: Phrases
    frame: Frame

    @classmethod
    def of(cls, material: Material, frame: Frame, settings: Settings) -> "_Press":
        templates = environment(settings.templates)
        name = material.list_settings.theme or settings.theme.name
        return cls(
            environment=templates,
            inline=inliner(settings.mail.inliner),
            theme=load_theme(templates, name, settings.theme, language=material.language),
            words=material.phrases,
            frame=frame,
        )

    def page(self, composition: Composition) -> str:
        """Give the page, inlined, with its slots."""
        template, slots = _layout(composition), self.frame.slots
        values = {
            "digest": composition,
            "frame": self.frame,
            "words": self.words,
            "theme": self.theme,
            "address": slots.address,
            "unsubscribe_url": slots.unsubscribe_url,
        }
        page = rendered(self.environment, template, values)
        if slots.unsubscribe_url not in page:
            file = self._footer(template)
            raise MessageError(f"{file}: the page has no unsubscribe link; put {{{{ unsubscribe_url }}}} in")
        inlined = self.inline(page)
        if slots.count(page) != slots.count(inlined):
            raise MessageError(f"{template}: inlining changed a slot; use the shipped template")
        return inlined

    def _footer(self, template: str) -> str:
        """Give the file that the way out is missing in: the user's own layout, else the footer."""
        _, file = source_of(self.environment, template)
        ours = Path(file).resolve().is_relative_to(shipped().resolve())
        return source_of(self.environment, _FOOTER)[1] if ours else file


def _layout(composition: Composition) -> str:
    """Give the template that sets it."""
    return _DIGEST if len(composition.cards) > 1 else _POST


def _within_budget(material: Material, press: _Press) -> tuple[Composition, str]:
    """Set the page; again with less on it only where it would be clipped."""
    costs = [_cost(tracked, material) for tracked in material.posts]
    shape = full_shape(material)
    excess = estimate(shape, costs) + _size(material.introduction) - _ROOM_BYTES
    if excess > 0:
        shape = shrunk(shape, costs, by=excess) or shape
    while True:
        composition = compose(material, shape)
        page = press.page(composition)
        size = len(page.encode())
        if size <= _ROOM_BYTES:
            return composition, page
        # Inlining makes a page larger by a factor, so less needs to go than its excess.
        by = (size - _ROOM_BYTES) * estimate(shape, costs) // size
        smaller = shrunk(shape, costs, by=by)
        if smaller is None:
            raise MessageError(f"{_POST}: {size} bytes with a single title; Gmail clips it, so shorten it")
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
