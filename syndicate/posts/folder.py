"""A source over a folder of files, made from what one kind of site has of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from syndicate.errors import PostError, SiteError
from syndicate.model.post import Omitted, Reading, Unreadable
from syndicate.model.site import Site
from syndicate.posts.file_content import read_content
from syndicate.posts.source import Candidate
from syndicate.settings.schema import PostsSettings

if TYPE_CHECKING:
    from syndicate.posts.manuscript import Manuscript, Rendered


class Layout(Protocol):
    """Which files of a folder may be posts; it opens none, for it is asked in every pass."""

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post."""

    def omission(self, path: str) -> Omitted | None:
        """Say why a file at ``path`` would not even be a candidate; ``None`` when it would."""


class Manuscripts(Protocol):
    """What files hold, by the rules of one kind of site; loaded when the first one has to be read."""

    def read(self, path: str, content: bytes, *, now: datetime) -> "Manuscript | Omitted":
        """Give what stands in one file, or why it is left out; ``PostError`` when it can't be read."""

    def render(self, manuscript: "Manuscript", source: str) -> "Rendered":
        """Give HTML of ``source``, a piece of the manuscript's body: sanitised, with absolute addresses."""


class FolderSource:
    """Reads a site that is a folder of files; see ``posts.source.Source``."""

    def __init__(
        self, site: Site, layout: Layout, *, settings: PostsSettings, opening: Callable[[], Manuscripts]
    ) -> None:
        self._site = site
        self._layout = layout
        self._settings = settings
        self._opening = opening
        self._opened: Manuscripts | None = None

    @property
    def site(self) -> Site:
        """What the site says of itself."""
        return self._site

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post; no file is opened."""
        if not self._site.root.is_dir():
            raise SiteError(f"{self._site.root}: there is no such folder; give the site's folder with --site")
        return self._layout.candidates()

    def omission(self, path: str) -> Omitted | None:
        """Say why the file at ``path`` would not even be a candidate, and which rule says so."""
        return self._layout.omission(path)

    def read(self, path: str, content: bytes, *, now: datetime) -> Reading:
        """Give the facts and the excerpt of one file."""
        return self.read_some([(path, content)], now=now)[0]

    def read_some(self, files: Sequence[tuple[str, bytes]], *, now: datetime) -> list[Reading]:
        """Give the same of each file, in their order."""
        if not files:  # as in a pass without changes, which must not import what comes next
            return []
        from syndicate.posts.making import make_posts

        found = [self._manuscript(path, content, now=now) for path, content in files]
        whole = [each for each in found if not isinstance(each, Omitted | Unreadable)]
        render, rule, embeds = self._manuscripts().render, self._settings.excerpt, self._settings.embeds
        made = iter(make_posts(whole, render, rule=rule, embeds=embeds))
        return [each if isinstance(each, Omitted | Unreadable) else next(made) for each in found]

    def _manuscript(self, path: str, content: bytes, *, now: datetime) -> "Manuscript | Omitted | Unreadable":
        from syndicate.posts.enclosures import enclosure_of, files_of

        try:
            found = self._manuscripts().read(path, content, now=now)
            if isinstance(found, Omitted):
                return found
            enclosure = enclosure_of(found, self._site)
            if enclosure is None:
                return found
            # Another episode is an edit; other bytes of the same one are none.
            said, drawn_on = (*found.said, enclosure.url), (*found.draws_on, *files_of(found, self._site))
            return replace(found, said=said, draws_on=drawn_on, enclosure=enclosure)
        except PostError as error:
            return Unreadable(path=path, line=error.line, problem=str(error))

    def content_html(self, path: str) -> str:
        """Give the full text as HTML that may be shown."""
        from syndicate.posts.making import full_text

        return full_text(self._found(path), self._manuscripts().render, embeds=self._settings.embeds)

    def raw_html(self, path: str) -> str:
        """Give the full text as the site's generator writes it."""
        from syndicate.posts.making import raw_text

        return raw_text(self._found(path), self._manuscripts().render)

    def _found(self, path: str) -> "Manuscript":
        from syndicate.posts.manuscript import END_OF_TIME

        content = read_content(self._site.root, path, max_bytes=self._settings.max_file_bytes)
        found = self._manuscripts().read(path, content, now=END_OF_TIME)
        if isinstance(found, Omitted):
            raise PostError(path, f"is no longer a post ({found.why})", "run again")
        return found

    def _manuscripts(self) -> Manuscripts:
        # Made at the first post: what it imports costs more than a pass in which nothing changed.
        if self._opened is None:
            self._opened = self._opening()
        return self._opened
