"""What the Markdown of an Eleventy site holds; see ``posts.folder.Manuscripts``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from syndicate.errors import PostError
from syndicate.model.post import Omission, Omitted
from syndicate.model.site import Site
from syndicate.posts import addresses, facts
from syndicate.posts.composing import Placed, Vocabulary, compose
from syndicate.posts.dating import date_in, last_change
from syndicate.posts.front_matter import JSON, YAML, Document, Heads, read_document
from syndicate.posts.keeping_back import because, left_out
from syndicate.posts.manuscript import Manuscript, Rendered
from syndicate.posts.markdown import Dialect
from syndicate.posts.rendering import to_html
from syndicate.posts.sources.eleventy import permalinks
from syndicate.posts.sources.eleventy.data import Cascade, merge
from syndicate.posts.sources.eleventy.layout import EleventyLayout
from syndicate.posts.sources.eleventy.permalinks import Page, page_of
from syndicate.posts.template_tags import Reduced, reduced

#: Tags by which sites say that a page is a post, where its folder doesn't.
POST_TAGS = ("posts", "post", "blog", "articles", "article")
_NO_POST = "neither its tags nor its folder's data file make it a post; name its folder in `site.posts`"
_HEADS = Heads(kinds=(YAML, JSON))
_ASKED_ELSEWHERE = frozenset({"last modified", "created", "git last modified", "git created"})
#: src/Template.js getMappedDate: the first one in the whole path.
_DATE_IN_PATH = re.compile(r"\d{4}-\d{2}-\d{2}")
_CHANGES = ("updated", "modified", "lastmod", "updatedDate", "lastModified")
#: markdown-it as Eleventy sets it up: no quotes made typographic, no addresses made links.
_DIALECT = Dialect(smart=False, definitions=False)
_VOCABULARY = Vocabulary(image=("image", "cover", "thumbnail", "hero", "featuredImage", "socialImage"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One file, and all that is said of it."""

    document: Document
    #: Its head over the data of its file and its folders.
    values: Mapping[str, Any]
    #: The tags that its folders give: the collection they are.
    folder_tags: tuple[str, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Give all its tags."""
        return facts.words(self.values.get("tags"), separator=",")


class EleventyManuscripts:
    """Reads posts, knowing the site they are in."""

    def __init__(self, *, site: Site, layout: EleventyLayout, cascade: Cascade, permalink: str) -> None:
        self._site = site
        self._layout = layout
        self._cascade = cascade
        self._permalink = permalink

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why it is no post."""
        said = self._said(path, content)
        collection = self._collection(said)
        if not collection:
            rule = (
                "neither its tags nor its folder's data file make it a post; name its folder in `site.posts`"
            )
            return Omitted(path=path, why=Omission.NOT_A_POST, rule=rule)
        return _left_out(said, collection) or self._manuscript(said, collection, now=now)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript, without templates."""
        text = reduced(source) if self._layout.config.templates else Reduced(text=source)
        return to_html(text.text, _DIALECT, base=manuscript.link, removed=text.removed)

    def _said(self, path: str, content: bytes) -> _Said:
        document = read_document(path, content, _HEADS)
        folders = self._cascade.folder_data(path, self._layout.config.input)
        below = merge(folders, self._cascade.file_data(path))
        folder_tags = facts.words(folders.get("tags"), separator=",")
        return _Said(document=document, values=merge(below, document.head.values), folder_tags=folder_tags)

    def _collection(self, said: _Said) -> str:
        """Give the collection it is in; "" where it is no post."""
        chosen = self._layout.folder_of(said.document.path)
        if chosen or said.folder_tags:
            return chosen or said.folder_tags[0]
        return POST_TAGS[0] if any(tag in POST_TAGS for tag in said.tags) else ""

    def _manuscript(self, said: _Said, collection: str, *, now: datetime) -> Manuscript:
        document, values = said.document, said.values
        published, elsewhere = _published(said)
        shown = published or now
        updated, warnings = last_change(document, values, _CHANGES, zone=UTC, published=shown)
        page = page_of(self._layout.inner(document.path), published)
        placed = Placed(
            document=document,
            values=values,
            url=self._url(said, page, collection),
            collection=collection,
            title=page.file_slug.replace("-", " ").replace("_", " ").strip().capitalize(),
            body=document.body,
            published=shown,
            updated=updated,
            undated=published is None,
            warnings=(*elsewhere, *warnings),
        )
        own = tuple(tag for tag in said.tags if tag not in {collection, *POST_TAGS, "all"})
        return replace(compose(placed, self._site, _VOCABULARY), tags=own)

    def _url(self, said: _Said, page: Page, collection: str) -> str:
        document, own = said.document, said.values.get("permalink")
        own = own.get("build") if isinstance(own, dict) else own
        try:
            if isinstance(own, str) and own and ("permalink" in document.head.values or not self._permalink):
                return permalinks.url_of(own, page, said.values)
            if not self._permalink:
                return permalinks.default_url(page)
            inner = page.file_path_stem.strip("/").removesuffix("/index")
            place = addresses.Place(path=inner, slug=page.file_slug, collection=collection, date=page.date)
            return addresses.fill(self._permalink, place)
        except permalinks.UnknownError as error:
            what = f'its permalink asks for "{str(error)[:60]}", which only Eleventy can work out'
            line = document.head.lines.get("permalink")
            raise PostError(document.path, what, "write it out, or set site.permalink", line=line) from error
        except addresses.UndatedError as error:
            what = f"has no date, and its address asks for a {error}"
            raise PostError(document.path, what, 'add "date: YYYY-MM-DD" to its head') from error


def _left_out(said: _Said, collection: str) -> Omitted | None:
    document, values = said.document, said.values
    if values.get("permalink") is False:
        return because(document, Omission.UNPUBLISHED, "permalink", "`permalink: false`")
    excluded = values.get("eleventyExcludeFromCollections")
    if excluded is True or collection in facts.words(excluded):
        words = "`eleventyExcludeFromCollections`"
        return because(document, Omission.UNPUBLISHED, "eleventyExcludeFromCollections", words)
    return left_out(document, values)


def _published(said: _Said) -> tuple[datetime | None, tuple[str, ...]]:
    """Give the date; ``None`` where the file names none, and a warning where it sends us elsewhere for it."""
    document = said.document
    given = facts.scalar(said.values.get("date"))
    if given.lower() in _ASKED_ELSEWHERE:
        line = document.head.lines.get("date")
        where = document.path if line is None else f"{document.path}:{line}"
        what = f'date "{given}" would be asked of the machine, so the day of the first sight is taken'
        return None, (f"{where}: {what}; write a date",)
    found = date_in(document, said.values, ("date",), UTC)
    if found:
        return found, ()
    by_path = _DATE_IN_PATH.search(document.path)
    return (date_in(document, {"date": by_path[0]}, ("date",), UTC) if by_path else None), ()
