"""A head and its place in the site become a manuscript: what is the same in most kinds of site. Pure."""

from dataclasses import dataclass
from datetime import datetime

from syndicate.model.post import Image
from syndicate.model.site import Site
from syndicate.posts import facts
from syndicate.posts.control_characters import control_characters
from syndicate.posts.excerpt import Wishes
from syndicate.posts.facts import Values
from syndicate.posts.front_matter import Document
from syndicate.posts.manuscript import Manuscript, image_of, link_of
from syndicate.posts.plain import text_of, title_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The keys under which a kind of site writes what readers see, each in order of precedence."""

    authors: tuple[str, ...] = ("authors", "author")
    categories: tuple[str, ...] = ("categories", "category")
    tags: tuple[str, ...] = ("tags", "tag")
    description: tuple[str, ...] = ("description",)
    #: A text of its own for the excerpt, rendered like the body.
    excerpt: tuple[str, ...] = ("excerpt", "summary")
    image: tuple[str, ...] = ("image", "cover")
    language: tuple[str, ...] = ("lang", "language")
    #: Between names in one string; "" where a string is one name.
    separator: str = ","


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A file that is a post, with an address and a date."""

    document: Document
    #: Its head, over the site's defaults.
    values: Values
    #: From the site's home, percent-encoded.
    url: str
    collection: str
    #: What it is called where its head names no title.
    title: str
    #: Its text, where that is not all of the document's.
    body: str
    published: datetime
    updated: datetime
    undated: bool = False
    #: The mark that ends an excerpt all over the site.
    separator: str = ""
    warnings: tuple[str, ...] = ()


def compose(placed: Placed, site: Site, vocabulary: Vocabulary) -> Manuscript:
    """Give the manuscript; a field that one kind of site sees otherwise is replaced there."""
    wishes = _wishes(placed, vocabulary)
    return Manuscript(
        path=placed.document.path,
        url=placed.url,
        link=link_of(site, placed.url),
        generator_id=link_of(site, placed.url),
        declared_id=facts.first(placed.values, ("id", "guid")) or None,
        title=title_text(facts.first(placed.values, ("title",))) or placed.title,
        authors=facts.names(_said(placed, vocabulary.authors), separator=vocabulary.separator),
        collection=placed.collection,
        categories=facts.words(_said(placed, vocabulary.categories), separator=vocabulary.separator),
        tags=facts.words(_said(placed, vocabulary.tags), separator=vocabulary.separator),
        published=placed.published,
        updated=placed.updated,
        image=_image(placed, site, vocabulary),
        language=facts.first(placed.values, vocabulary.language) or site.language,
        head=placed.values,
        body=placed.body,
        encoded=placed.document.encoded if placed.body is placed.document.body else None,
        markdown=True,
        wishes=wishes,
        said=(text_of(wishes.description), facts.scalar(wishes.own), *_picture(placed, vocabulary)),
        warnings=_warnings(placed),
        undated=placed.undated,
    )


def _image(placed: Placed, site: Site, vocabulary: Vocabulary) -> Image | None:
    address, alt = _picture(placed, vocabulary)
    return image_of(site, address, alt=alt)


def _picture(placed: Placed, vocabulary: Vocabulary) -> tuple[str, str]:
    return facts.picture(_said(placed, vocabulary.image))


def _warnings(placed: Placed) -> tuple[str, ...]:
    return (*placed.document.head.warnings, *placed.warnings, *control_characters(placed.document))


def _wishes(placed: Placed, vocabulary: Vocabulary) -> Wishes:
    own = _said(placed, vocabulary.excerpt)
    separator = placed.values.get("excerpt_separator")
    return Wishes(
        own=str(own) if isinstance(own, str | int | float) and not isinstance(own, bool) else None,
        page_separator=separator if isinstance(separator, str) else None,
        site_separator=placed.separator,
        description=facts.first(placed.values, vocabulary.description),
    )


def _said(placed: Placed, keys: tuple[str, ...]) -> object:
    return facts.first_value(placed.values, keys)
