"""A head and its place in the site become a manuscript: what is the same in most kinds of site. Pure."""

from dataclasses import dataclass
from datetime import datetime

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
    values, document = placed.values, placed.document
    link = link_of(site, placed.url)
    wishes = _wishes(placed, vocabulary)
    address, alt = facts.picture(facts.first_value(values, vocabulary.image))
    return Manuscript(
        path=document.path,
        url=placed.url,
        link=link,
        generator_id=link,
        declared_id=facts.first(values, ("id", "guid")) or None,
        title=title_text(facts.first(values, ("title",))) or placed.title,
        authors=facts.names(facts.first_value(values, vocabulary.authors), separator=vocabulary.separator),
        collection=placed.collection,
        categories=facts.words(
            facts.first_value(values, vocabulary.categories), separator=vocabulary.separator
        ),
        tags=facts.words(facts.first_value(values, vocabulary.tags), separator=vocabulary.separator),
        published=placed.published,
        updated=placed.updated,
        image=image_of(site, address, alt=alt),
        language=facts.first(values, vocabulary.language) or site.language,
        head=values,
        body=placed.body,
        markdown=True,
        wishes=wishes,
        said=(text_of(wishes.description), facts.scalar(wishes.own), address, alt),
        warnings=(*document.head.warnings, *placed.warnings, *control_characters(document)),
        undated=placed.undated,
    )


def _wishes(placed: Placed, vocabulary: Vocabulary) -> Wishes:
    own = facts.first_value(placed.values, vocabulary.excerpt)
    separator = placed.values.get("excerpt_separator")
    return Wishes(
        own=str(own) if isinstance(own, str | int | float) and not isinstance(own, bool) else None,
        page_separator=separator if isinstance(separator, str) else None,
        site_separator=placed.separator,
        description=facts.first(placed.values, vocabulary.description),
    )
