"""What the files of a plain folder hold; see ``posts.folder.Manuscripts``."""

from datetime import UTC, datetime
from functools import partial
from posixpath import dirname

from syndicate.errors import PostError
from syndicate.model.post import Omitted
from syndicate.model.site import Site
from syndicate.posts import addresses, facts
from syndicate.posts.composing import Placed, Vocabulary, compose
from syndicate.posts.dating import date_in, last_change
from syndicate.posts.front_matter import Document, read_document
from syndicate.posts.headings import Headed, first_heading
from syndicate.posts.keeping_back import from_future, left_out
from syndicate.posts.manuscript import Manuscript, Rendered, link_of
from syndicate.posts.markdown import GOLDMARK
from syndicate.posts.markdown import render as render_markdown
from syndicate.posts.neighbours import Neighbours, file_named, with_fragment
from syndicate.posts.plain import text_of
from syndicate.posts.rendering import to_html
from syndicate.posts.sources.plain.layout import SUFFIXES, PlainLayout
from syndicate.posts.sources.plain.names import bare_path, date_of, slug_of, stem_of, title_of

DEFAULT_PERMALINK = "/:path/"
_DATES = ("date", "pubDate", "publishDate", "created")
_CHANGES = ("updated", "lastmod", "last_modified_at", "updatedDate", "modified")
_VOCABULARY = Vocabulary()


class PlainManuscripts:
    """Reads Markdown files, with or without a head."""

    def __init__(self, *, site: Site, layout: PlainLayout, permalink: str) -> None:
        self._site = site
        self._layout = layout
        self._permalink = permalink or DEFAULT_PERMALINK
        self._neighbours = Neighbours(site.root, lambda path, content, now: self.read(path, content, now=now))

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why it is left out."""
        document = read_document(path, content)
        values = document.head.values
        omitted = left_out(document, values)
        if omitted:
            return omitted
        published = date_in(document, values, _DATES, UTC) or date_of(path)
        if published and published > now:
            return from_future(document, published, _DATES)
        return self._manuscript(document, published, now=now)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript; links to other files of the folder become addresses."""
        resolve = partial(self._resolved, manuscript.path)
        return to_html(source, GOLDMARK, base=manuscript.link, resolve=resolve)

    def _manuscript(self, document: Document, published: datetime | None, *, now: datetime) -> Manuscript:
        shown = published or now
        updated, warnings = last_change(document, document.head.values, _CHANGES, zone=UTC, published=shown)
        title, body = _title_and_body(document)
        placed = Placed(
            document=document,
            values=document.head.values,
            url=self._url(document, published),
            collection=self._layout.collection(document.path),
            title=title,
            body=body,
            published=shown,
            updated=updated,
            undated=published is None,
            warnings=warnings,
        )
        return compose(placed, self._site, _VOCABULARY)

    def _url(self, document: Document, published: datetime | None) -> str:
        values, path = document.head.values, bare_path(document.path)
        slug = facts.first(values, ("slug",))
        place = addresses.Place(
            path="/".join([*path.split("/")[:-1], slug]) if slug else path,
            slug=slug or slug_of(stem_of(document.path)),
            collection=self._layout.collection(document.path),
            date=published,
        )
        try:
            return addresses.fill(facts.first(values, ("permalink",)) or self._permalink, place)
        except addresses.UndatedError as error:
            raise PostError(
                document.path,
                f"has no date, and its address asks for a {error}",
                'add "date: YYYY-MM-DD" to its front matter',
            ) from error

    def _resolved(self, path: str, address: str) -> str:
        """Give the address of a file that a link names, seen from the linking file's own folder."""
        if not address or address.startswith(("#", "//")) or ":" in address.partition("/")[0]:
            return address
        wanted = file_named(address, folder=dirname(path))
        if not wanted:
            return address
        if any(wanted.lower().endswith(suffix) for suffix in SUFFIXES):
            link = self._neighbours.link(wanted) if self._layout.omission(wanted) is None else ""
            return with_fragment(link, address) if link else address
        return address if address.startswith("/") else link_of(self._site, f"/{wanted}")


def _title_and_body(document: Document) -> tuple[str, str]:
    """Give a title for a head that has none, and the text without the heading that says the title."""
    headed = first_heading(document.body)
    said = facts.first(document.head.values, ("title",))
    if headed is None:
        return title_of(stem_of(document.path)), document.body
    heading = text_of(render_markdown(headed.heading, GOLDMARK))
    if said:
        return said, headed.body if _repeats(said, headed, heading) else document.body
    return heading or title_of(stem_of(document.path)), headed.body


def _repeats(title: str, headed: Headed, heading: str) -> bool:
    return headed.opens and heading.casefold() == title.casefold()
