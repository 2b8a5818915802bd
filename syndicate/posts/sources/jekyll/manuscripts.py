"""What the files of a Jekyll site hold; see ``posts.folder.Manuscripts``."""

from datetime import datetime
from typing import TYPE_CHECKING

from syndicate.model.post import Image, Omitted
from syndicate.model.site import Site
from syndicate.posts.excerpt import Wishes
from syndicate.posts.manuscript import END_OF_TIME, Manuscript, Rendered, image_of, link_of
from syndicate.posts.plain import text_of, title_text
from syndicate.posts.sources.jekyll import facts
from syndicate.posts.sources.jekyll.config import JekyllConfig
from syndicate.posts.sources.jekyll.liquid.stripping import holds_templates
from syndicate.posts.sources.jekyll.page import Page, file_slug, read_page
from syndicate.posts.sources.jekyll.permalinks import generator_path
from syndicate.posts.sources.jekyll.rendering import render
from syndicate.posts.sources.jekyll.slugs import titleize

if TYPE_CHECKING:
    from syndicate.posts.sources.jekyll.templates import Templates


class JekyllManuscripts:
    """Reads documents, knowing the site they are in."""

    def __init__(self, *, config: JekyllConfig, site: Site, excerpt_rule: str, opened_at: datetime) -> None:
        self._config = config
        self._site = site
        self._rule = excerpt_rule
        self._as_of = opened_at
        self._opened: Templates | None = None

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why Jekyll leaves it out."""
        if now != END_OF_TIME:  # a full text is asked for whatever its date, and shows the site as it is now
            self._as_of = now
        page = read_page(path, content, self._config, now=now)
        if isinstance(page, Omitted):
            return page
        manuscript = self._manuscript(page)
        if manuscript.self_contained:
            return manuscript
        return self._templates().noted(manuscript, body_line=page.document.body_line)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript: Liquid, Markdown, and the sanitiser last."""
        filled = self._templates().fill(source, manuscript) if holds_templates(source) else source
        return render(filled, markdown=manuscript.markdown, base=manuscript.link)

    def _templates(self) -> "Templates":
        if self._opened is None:
            from syndicate.posts.sources.jekyll.templates import Templates  # most posts hold none

            self._opened = Templates(config=self._config, site=self._site, as_of=self._as_of)
        return self._opened

    def _manuscript(self, page: Page) -> Manuscript:
        values, wishes = page.values, self._wishes(page)
        return Manuscript(
            path=page.document.path,
            url=page.url,
            link=link_of(self._site, page.url),
            generator_id=link_of(self._site, generator_path(page.url, page.slug)),
            declared_id=facts.scalar(values.get("id")) or facts.scalar(values.get("guid")) or None,
            title=title_text(facts.title(values)) or titleize(file_slug(page.place)),
            authors=facts.authors(values, self._config.authors),
            collection=page.place.collection,
            categories=page.categories,
            tags=facts.tags(values),
            published=page.published,
            updated=page.updated,
            image=self._image(page),
            language=facts.scalar(values.get("lang")) or self._site.language,
            head=values,
            body=page.document.body,
            encoded=page.document.encoded,
            markdown=page.markdown,
            wishes=wishes,
            said=(text_of(wishes.description), facts.scalar(values.get("excerpt")), *facts.image(values)),
            self_contained=not holds_templates(page.document.body),
            warnings=page.warnings,
        )

    def _wishes(self, page: Page) -> Wishes:
        values = page.values
        separator = values.get("excerpt_separator")
        own = values.get("summary" if self._rule == "hugo" else "excerpt")
        return Wishes(
            own=str(own) if own is not None and isinstance(own, str | int | float) else None,
            page_separator=separator if isinstance(separator, str) else None,
            site_separator=self._config.excerpt_separator,
            description=facts.scalar(values.get("description")),
        )

    def _image(self, page: Page) -> Image | None:
        # Relative to the site's home, as jekyll-feed's absolute_url has it.
        address, alt = facts.image(page.values)
        return image_of(self._site, address, alt=alt)
