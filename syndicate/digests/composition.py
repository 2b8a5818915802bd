"""What a digest says and in which order; pure, so that a preview and the mail can't differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice

from syndicate.digests.budget import Shape
from syndicate.digests.reading_time import minutes_to_read
from syndicate.digests.sections import Sectioning, sectioned
from syndicate.digests.subject import Words, subject
from syndicate.digests.wording import seen, shortened
from syndicate.mail.fragment import mailable
from syndicate.mail.links import web_link
from syndicate.mail.slots import Slots
from syndicate.model.language import Direction, direction, direction_of, language_tag
from syndicate.model.post import Post, PostId, TrackedPost
from syndicate.model.shaping import UNSHAPED, Shaping
from syndicate.posts.players import linked
from syndicate.settings.schema import ListSettings
from syndicate.templating.phrases import Phrases

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
    #: An editor's, as HTML fit for a mail; "" where there is none.
    introduction: str
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

    #: In the order of the page: the lead first, then what is pinned, then section by section.
    posts: tuple[TrackedPost, ...]
    sectioning: Sectioning
    #: Full texts, for those that could be rendered.
    contents: Mapping[PostId, str]
    list_settings: ListSettings
    language: str
    phrases: Phrases
    zone: tzinfo
    at: datetime
    #: The edition's.
    number: int = 0
    shaping: Shaping = UNSHAPED
    #: That of the shaping, as HTML that may be shown.
    introduction: str = ""

    @property
    def above(self) -> int:
        """How many posts stand above all sections: the lead, and with it what is pinned."""
        pinned = sum(each.id in self.shaping.pinned for each in self.posts)
        return max(1, pinned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the posts on every page of an edition."""

    slots: Slots
    #: "" where the edition has no public page.
    edition_url: str
    #: The site's home; "" when it has no address.
    site_url: str
    postal_address: str


def compose(material: Material, shape: Shape) -> Composition:
    """Give the digest of the material's posts, cut to ``shape``."""
    shown = material.posts[: shape.posts]
    divided = _divided(shown, material)
    below = material.above if divided else len(shown)
    levels = [1 if len(shown) == 1 else 3 if at >= below else 2 for at in range(len(shown))]
    cards = [_card(material, shape, at=at, level=level) for at, level in enumerate(levels)]
    language = language_tag(material.language)
    minutes = [card.minutes for card in cards]
    return Composition(
        subject=_subject(material),
        preheader=seen(material.shaping.preheader) or _preheader(shown),
        title=seen(material.list_settings.title),
        description=seen(material.list_settings.description),
        language=language,
        direction=direction(language),
        day=_day(material.at, material),
        minutes=None if None in minutes else sum(each or 0 for each in minutes),
        introduction=mailable(material.introduction, below=1, images=True) if material.introduction else "",
        lead=cards[0],
        sections=tuple(_sections(cards, divided)),
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
        number=str(material.number),
    )
    return subject(material.shaping.subject or settings.subject, words, list_name=settings.name)


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


def _divided(shown: Sequence[TrackedPost], material: Material) -> list[tuple[str, int]]:
    """Give the headings of what stands below the pinned posts, each with its number of posts.

    None where all of it is alike.
    """
    found = sectioned(shown[material.above :], material.sectioning)
    if len(found) < 2:  # noqa: PLR2004 - one heading divides nothing
        return []
    words = material.phrases.other_posts
    return [(material.sectioning.title(name) if name else words, len(posts)) for name, posts in found]


def _sections(cards: Sequence[Card], divided: Sequence[tuple[str, int]]) -> Iterator[Section]:
    at = len(cards) - sum(count for _, count in divided)
    if at > 1:
        yield Section(title="", cards=tuple(cards[1:at]))
    for title, count in divided:
        yield Section(title=title, cards=tuple(cards[at : at + count]))
        at += count


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
