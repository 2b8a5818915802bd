"""The Jekyll source: a site read as Jekyll and jekyll-feed read it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.errors import PostError, SiteError
from syndicate.model.post import Omission, Reading, Unreadable
from syndicate.model.site import Site
from syndicate.posts.file_content import read_content
from syndicate.posts.source import Candidate
from syndicate.posts.sources.jekyll import scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig, read_config
from syndicate.settings.schema import Settings, SiteSettings

if TYPE_CHECKING:
    from syndicate.posts.sources.jekyll.posts import PostMaker


def open_jekyll(settings: Settings) -> "JekyllSource":
    """Give the source for the site at ``settings.site.path``; ``SiteError`` when its config can't be read."""
    root = settings.site.path.resolve()
    config = read_config(root)
    return JekyllSource(config=config, site=_site(root, config, settings.site), settings=settings)


class JekyllSource:
    """Reads one Jekyll site; see ``posts.source.Source``."""

    def __init__(self, *, config: JekyllConfig, site: Site, settings: Settings) -> None:
        self._config = config
        self._site = site
        self._excerpt_rule = settings.posts.excerpt
        self._max_bytes = settings.posts.max_file_bytes
        self._maker: PostMaker | None = None

    @property
    def site(self) -> Site:
        """What the site says of itself."""
        return self._site

    def candidates(self) -> Iterator[Candidate]:
        """Give every file that may be a post; no file is opened."""
        if not self._site.root.is_dir():
            raise SiteError(f"{self._site.root}: there is no such folder; give the site's folder with --site")
        return scanning.scan(self._site.root, self._config)

    def omission(self, path: str) -> Omission | None:
        """Say why the file at ``path`` would not even be a candidate."""
        if path.startswith("_drafts/") or "/_drafts/" in path:
            return Omission.DRAFT
        if scanning.passed_over(path, self._config):
            return Omission.HIDDEN
        place = scanning.place_of(path, self._config)
        if place is None or not scanning.is_document_name(place, self._config):
            return Omission.NOT_A_POST
        return None

    def read(self, path: str, content: bytes, *, now: datetime) -> Reading:
        """Give the facts and the excerpt of one file."""
        try:
            return self._posts().read(path, content, now=now)
        except PostError as error:
            return Unreadable(path=path, line=error.line, problem=str(error))

    def content_html(self, path: str) -> str:
        """Give the full text as HTML that may be shown."""
        content = read_content(self._site.root, path, max_bytes=self._max_bytes)
        return self._posts().content_html(path, content)

    def _posts(self) -> "PostMaker":
        # Made at the first post: what it imports costs more than a pass in which nothing changed.
        if self._maker is None:
            from syndicate.posts.sources.jekyll.posts import PostMaker

            self._maker = PostMaker(config=self._config, site=self._site, excerpt_rule=self._excerpt_rule)
        return self._maker


def _site(root: Path, config: JekyllConfig, said: SiteSettings) -> Site:
    home = config.url + config.baseurl if config.url else ""
    return Site(
        kind="jekyll",
        root=root,
        url=(said.url or home).rstrip("/"),
        title=said.title or config.title or root.name,
        description=said.description or config.description,
        language=said.language or config.language or "en",
        zone=config.zone.key,
        author=said.author or config.author,
        collections=tuple(
            name for name in config.collections if name != "posts" or scanning.has_posts(root, config)
        ),
        collection_titles=config.collection_titles,
        fingerprint=config.fingerprint,
    )
