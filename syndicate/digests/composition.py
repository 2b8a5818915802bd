"""What a digest says and in which order; pure, so that a preview and the mail can't differ."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice

from syndicate.digests.budget import Shape
from syndicate.digests.phrases import Phrases
from syndicate.digests.reading_time import minutes_to_read
from syndicate.digests.subject import Words, subject
from syndicate.digests.wording import seen, shortened
from syndicate.mail.fragment import mailable
from syndicate.mail.links import web_link
from syndicate.mail.slots import Slots
from syndicate.model.language import Direction, direction, direction_of, language_tag
from syndicate.model.post import Post, PostId, TrackedPost
from syndicate.posts.players import linked
from syndicate.settings.schema import ListSettings

_PREHEADER_LETTERS = 140
#: As much of an excerpt as tells its direction.
_SAMPLE_LETTERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A post's cover."""

    url: str
    #: The author's own; "" where there is none.
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One post as the digest shows it."""

    title: str
    #: Absolute; "" when the site has no address.
    link: str
    #: Authors, joined; "" when nobody signed it.
    byline: str
    day: str
    #: Of the whole post; ``None`` when it couldn't be rendered.
    minutes: int | None
    language: str
    direction: Direction
    #: Of its heading, 1 to 3.
    level: int
    picture: Picture | None
    #: HTML fit for a mail; "" shows the title alone.
    body: str
    #: Whether the post goes on behind the link.
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Cards under a heading of their own; without one, ``title`` is ""."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The content of a digest, ready to be set."""

    subject: str
    preheader: str
    title: str
    description: str
    language: str
    direction: Direction
    day: str
    #: Of all posts shown together; ``None`` when it isn't known of each.
    minutes: int | None
    lead: Card
    sections: tuple[Section, ...]
    #: How many posts there was no room for.
    omitted: int

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every post shown, from the top down."""
        return (self.lead, *(card for section in self.sections for card in section.cards))


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a digest is made of."""

    #: In the order of the page: the lead first, then section by section.
    posts: tuple[TrackedPost, ...]
    #: The site's own words for its collections, where it has some.
    collection_titles: Mapping[str, str]
    #: Full texts, for those that could be rendered.
    contents: Mapping[PostId, str]
    list_settings: ListSettings
    language: str
    phrases: Phrases
    zone: tzinfo
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the posts on every page of an edition."""

    slots: Slots
    #: "" where the edition has no public page.
    edition_url: str
    #: The site's home; "" when it has no address.
    site_url: str
    postal_address: str


def page_order(posts: Sequence[TrackedPost], collections: Sequence[str]) -> tuple[TrackedPost, ...]:
    """Give the posts from the top of the page down: the first one leads, the others stand by collection.

    ``collections`` is the site's own order; within a collection the posts keep the order they came in.
    """
    rank = {name: at for at, name in enumerate(collections)}
    lead, rest = posts[:1], posts[1:]
    return (*lead, *sorted(rest, key=lambda each: rank.get(each.post.collection, len(rank))))


def compose(material: Material, shape: Shape) -> Composition:
    """Give the digest of the material's posts, cut to ``shape``."""
    shown = material.posts[: shape.posts]
    sectioned = len({each.post.collection for each in shown[1:]}) > 1
    levels = [1 if len(shown) == 1 else 3 if sectioned and at > 0 else 2 for at in range(len(shown))]
    cards = [_card(material, shape, at=at, level=level) for at, level in enumerate(levels)]
    rest = list(zip(shown[1:], cards[1:], strict=True))
    language = language_tag(material.language)
    minutes = [card.minutes for card in cards]
    return Composition(
        subject=_subject(material),
        preheader=_preheader(shown),
        title=seen(material.list_settings.title),
        description=seen(material.list_settings.description),
        language=language,
        direction=direction(language),
        day=_day(material.at, material),
        minutes=None if None in minutes else sum(each or 0 for each in minutes),
        lead=cards[0],
        sections=_sections(rest, material.collection_titles) if sectioned else _unsectioned(rest),
        omitted=len(material.posts) - len(shown),
    )


def _subject(material: Material) -> str:
    phrases, count, settings = material.phrases, len(material.posts), material.list_settings
    words = Words(
        title=seen(settings.title),
        first_title=_title(material.posts[0].post, phrases),
        and_more=phrases.and_more.format(count=count - 1) if count > 1 else "",
        count=str(count),
        date=_day(material.at, material),
    )
    return subject(settings.subject, words, list_name=settings.name)


def _card(material: Material, shape: Shape, *, at: int, level: int) -> Card:
    tracked = material.posts[at]
    post, phrases = tracked.post, material.phrases
    content = material.contents.get(tracked.id)
    body, goes_on = _body(material, shape, at=at, level=level)
    picture = _picture(post) if at < shape.pictures else None
    language = language_tag(post.language or material.language)
    title = _title(post, phrases)
    return Card(
        title=title,
        link=web_link(post.link) or "",
        byline=", ".join(filter(None, map(seen, post.authors))),
        day=_day(post.published, material),
        minutes=None if content is None else minutes_to_read(content),
        language=language,
        direction=direction_of(f"{title} {post.excerpt.text[:_SAMPLE_LETTERS]}", language),
        level=level,
        picture=None if picture is None or picture.url in body else picture,
        body=body,
        goes_on=goes_on,
    )


def _day(instant: datetime, material: Material) -> str:
    try:
        local = instant.astimezone(material.zone)
    except OverflowError:  # the first or last day there is, on the wrong side of Greenwich
        local = instant
    return material.phrases.day(local.date())


def _body(material: Material, shape: Shape, *, at: int, level: int) -> tuple[str, bool]:
    """Give a card's text, and whether the post goes on behind its link."""
    tracked = material.posts[at]
    content = material.contents.get(tracked.id)
    images = at < shape.pictures
    if at < shape.whole and content is not None:
        return mailable(linked(content), below=level, images=images), False
    if at < shape.bodies:
        excerpt = tracked.post.excerpt
        return mailable(linked(excerpt.html), below=level, images=images), excerpt.truncated
    return "", True


def _title(post: Post, phrases: Phrases) -> str:
    return seen(post.title) or phrases.untitled


def _picture(post: Post) -> Picture | None:
    url = web_link(post.image.url) if post.image else None
    # Hardly any mail client draws SVG (caniemail).
    if post.image is None or url is None or url.partition("?")[0].lower().endswith((".svg", ".svgz")):
        return None
    return Picture(url=url, alt=seen(post.image.alt))


def _unsectioned(rest: Sequence[tuple[TrackedPost, Card]]) -> tuple[Section, ...]:
    return (Section(title="", cards=tuple(card for _, card in rest)),) if rest else ()


def _sections(rest: Sequence[tuple[TrackedPost, Card]], titles: Mapping[str, str]) -> tuple[Section, ...]:
    names = dict.fromkeys(tracked.post.collection for tracked, _ in rest)
    return tuple(
        Section(
            title=seen(titles.get(name, "")) or collection_title(name),
            cards=tuple(card for tracked, card in rest if tracked.post.collection == name),
        )
        for name in names
    )


def collection_title(name: str) -> str:
    """Write a collection's name as a heading: ``field_notes`` becomes "Field notes"."""
    words = seen(re.sub(r"[_-]+", " ", name))
    return words[:1].upper() + words[1:]


def _preheader(shown: Sequence[TrackedPost]) -> str:
    """Give what an inbox shows after the subject: the other titles, or how the only post begins."""
    others = [seen(each.post.title) for each in islice(shown, 1, None)]
    text = " · ".join(filter(None, others)) or seen(shown[0].post.summary or shown[0].post.excerpt.text)
    return shortened(text, _PREHEADER_LETTERS)


def full_shape(material: Material) -> Shape:
    """Give the shape that shows all that the list asks for."""
    posts = min(len(material.posts), max(1, material.list_settings.max_posts))
    whole = posts if material.list_settings.content == "full" else 0
    return Shape(pictures=posts, whole=whole, bodies=posts, posts=posts)
