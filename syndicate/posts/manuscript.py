"""One file as its site's generator reads it: the facts, and the text still in its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from syndicate.model.post import Enclosure, Image
from syndicate.model.site import Site
from syndicate.posts import links
from syndicate.posts.excerpt import Wishes
from syndicate.posts.sanitising import Resolve, as_written

#: As "now": no date keeps a file back, or ends what it holds.
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A post before its excerpt is cut: what ``Post`` says, by the rules of one kind of site.

    A field that ``Post`` has too means the same there.
    """

    path: str
    url: str
    link: str
    generator_id: str
    declared_id: str | None
    title: str
    authors: tuple[str, ...]
    collection: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    updated: datetime
    until: datetime | None = None
    image: Image | None
    language: str
    #: The whole front matter, the site's defaults below it, for templates in the text.
    head: Mapping[str, Any]
    #: The text as it is cut and rendered, without the head; excerpt marks still in it.
    body: str
    #: ``body`` in UTF-8, where it is at hand.
    encoded: bytes | None = None
    #: Whether ``body`` is Markdown; else it is HTML already.
    markdown: bool
    #: What post and site say about the excerpt.
    wishes: Wishes
    #: What the head says to readers besides (description, excerpt, picture), as written; its edits count.
    said: tuple[str, ...]
    #: Whether ``render`` makes the text from this file and the site's configuration alone. Where it looks
    #: anywhere else (at another post's address, an include, a data file), feeds are written again with each
    #: change of the site: say so only where it is certain.
    self_contained: bool = False
    #: ``path:line: what; what to do``.
    warnings: tuple[str, ...] = ()
    #: Of the text with its templates filled in, for an edit of what they take is an edit of the post; ""
    #: where it has none.
    filled_fingerprint: str = ""
    #: What its text takes from elsewhere on the site; see ``Post.draws_on``.
    draws_on: tuple[str, ...] = ()
    undated: bool = False
    enclosure: Enclosure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """HTML for readers, sanitised and with absolute addresses, and what was lost on the way."""

    html: str
    #: The same as the generator writes it: to be cut and sanitised, never to be shown.
    raw: str
    #: What it was sanitised with.
    resolve: Resolve = as_written
    #: Each without its path: ``what; what to do``.
    warnings: tuple[str, ...] = ()


def link_of(site: Site, url: str) -> str:
    """Give the absolute, percent-encoded address of a path on the site."""
    address = f"{site.url}{url}"
    return links.absolute(address, "") or address


def image_of(site: Site, address: str, *, alt: str, page: str = "") -> Image | None:
    """Give the picture at ``address``, seen from the absolute ``page``, else from the site's home.

    ``None`` for an address that the web hasn't got.
    """
    if not address:
        return None
    from_home = address if page or "://" in address else f"{site.url}/{address.lstrip('/')}"
    found = links.absolute(from_home, page)
    return Image(url=found, alt=alt) if found and found.startswith(("http://", "https://")) else None
