"""Templates in the texts of one site: what they may see, and what became of each."""

import time
from dataclasses import replace
from datetime import datetime

from syndicate.model.site import Site
from syndicate.posts.fingerprint import of_body
from syndicate.posts.manuscript import Manuscript
from syndicate.posts.sources.jekyll.config import JekyllConfig
from syndicate.posts.sources.jekyll.documents import Card
from syndicate.posts.sources.jekyll.facts import scalar
from syndicate.posts.sources.jekyll.library import Library
from syndicate.posts.sources.jekyll.liquid.filling import fill
from syndicate.posts.sources.jekyll.liquid.scope import Filled, Scope, Trouble
from syndicate.posts.sources.jekyll.page import file_slug
from syndicate.posts.sources.jekyll.scanning import place_of
from syndicate.posts.sources.jekyll.shelf import PostShelf, SiteDrop


class Templates:
    """Fills in the texts of a site's posts; the site is looked at when the first one asks for it."""

    def __init__(self, *, config: JekyllConfig, site: Site, as_of: datetime) -> None:
        self._config = config
        self._library = Library(config=config, site=site, as_of=as_of)
        #: The last text that was filled: a post that is read is often rendered next.
        self._last: tuple[str, str, Filled] | None = None

    def noted(self, manuscript: Manuscript, *, body_line: int) -> Manuscript:
        """Give ``manuscript`` with what the templates in its whole text come to."""
        if not _is_run(manuscript):
            return manuscript
        self._last = None  # what was filled before says nothing of what it drew on
        shelf = PostShelf(self._library)
        filled = self._filled(manuscript.body, manuscript, shelf)
        lines = [
            *(_line(manuscript.path, each, body_line) for each in filled.troubles),
            *(each if each.startswith("_") else f"{manuscript.path}: {each}" for each in shelf.problems),
        ]
        return replace(
            manuscript,
            warnings=(*manuscript.warnings, *dict.fromkeys(lines)),
            filled_fingerprint=of_body(filled.text),
            draws_on=tuple(sorted(shelf.drawn_on)),
        )

    def fill(self, source: str, manuscript: Manuscript) -> str:
        """Give a piece of a manuscript's text filled in; its troubles were named when it was read."""
        if not _is_run(manuscript):
            return source
        return self._filled(source, manuscript, PostShelf(self._library)).text

    def _filled(self, source: str, manuscript: Manuscript, shelf: PostShelf) -> Filled:
        if self._last and self._last[:2] == (manuscript.path, source):
            return self._last[2]
        scope = Scope(
            site=SiteDrop(shelf, self._config.raw, url=self._config.url),
            page=shelf.document(self._card(manuscript)),
            path=manuscript.path,
            shelf=shelf,
            clock=time.thread_time,
        )
        self._last = (manuscript.path, source, fill(source, scope))
        return self._last[2]

    def _card(self, manuscript: Manuscript) -> Card:
        place = place_of(manuscript.path, self._config)
        return Card(
            path=manuscript.path,
            relative_path=manuscript.path.removeprefix(self._library.prefix),
            collection=manuscript.collection,
            url=manuscript.url,
            slug=scalar(manuscript.head.get("slug")) or (file_slug(place) if place else ""),
            title=manuscript.title,
            published=manuscript.published,
            categories=manuscript.categories,
            tags=manuscript.tags,
            values=manuscript.head,
        )


def _is_run(manuscript: Manuscript) -> bool:
    return manuscript.head.get("render_with_liquid") is not False


def _line(path: str, trouble: Trouble, body_line: int) -> str:
    place = path if trouble.line is None else f"{path}:{body_line + trouble.line}"
    return f"{place}: {trouble.what}; {trouble.remedy}"
