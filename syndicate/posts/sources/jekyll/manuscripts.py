"""What the files of a Jekyll site hold; see ``posts.folder.Manuscripts``."""

from datetime import datetime
from functools import partial

from syndicate.errors import PostError
from syndicate.model.post import Image, Omitted
from syndicate.model.site import Site
from syndicate.posts.excerpt import Wishes
from syndicate.posts.file_content import read_content
from syndicate.posts.manuscript import END_OF_TIME, Manuscript, Rendered, image_of, link_of
from syndicate.posts.plain import text_of, title_text
from syndicate.posts.sources.jekyll import facts, scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig
from syndicate.posts.sources.jekyll.liquid import Surroundings
from syndicate.posts.sources.jekyll.page import Page, file_slug, read_page
from syndicate.posts.sources.jekyll.permalinks import generator_path
from syndicate.posts.sources.jekyll.rendering import render
from syndicate.posts.sources.jekyll.slugs import titleize

#: Of a file whose address another post asks for; no post is longer.
_MAX_LINKED_BYTES = 5_000_000


class JekyllManuscripts:
    """Reads documents, knowing the site they are in."""

    def __init__(self, *, config: JekyllConfig, site: Site, excerpt_rule: str) -> None:
        self._config = config
        self._site = site
        self._rule = excerpt_rule

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why Jekyll leaves it out."""
        page = read_page(path, content, self._config, now=now)
        return page if isinstance(page, Omitted) else self._manuscript(page)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript: Liquid, Markdown, and the sanitiser last."""
        surroundings = Surroundings(
            site=self._config.raw,
            page=manuscript.head,
            baseurl=self._config.baseurl,
            home=self._site.url,
            address_of=partial(self._address_of, manuscript.path),
        )
        return render(source, surroundings, markdown=manuscript.markdown, base=manuscript.link)

    def _manuscript(self, page: Page) -> Manuscript:
        values = page.values
        wishes = self._wishes(page)
        return Manuscript(
            path=page.document.path,
            url=page.url,
            link=link_of(self._site, page.url),
            # jekyll-feed: ``post.id | absolute_url``, which percent-encodes.
            generator_id=link_of(self._site, generator_path(page.url, page.slug)),
            declared_id=facts.scalar(values.get("id")) or facts.scalar(values.get("guid")) or None,
            title=title_text(facts.scalar(values.get("title"))) or titleize(file_slug(page.place)),
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
            markdown=page.markdown,
            wishes=wishes,
            said=(text_of(wishes.description), facts.scalar(values.get("excerpt")), *facts.image(values)),
            # What is no Liquid can name nothing outside of itself.
            self_contained="{{" not in page.document.body and "{%" not in page.document.body,
            warnings=page.warnings,
        )

    def _wishes(self, page: Page) -> Wishes:
        values = page.values
        separator = values.get("excerpt_separator")
        own = values.get("summary" if self._rule == "hugo" else "excerpt")
        return Wishes(
            own=str(own) if isinstance(own, str | int | float) else None,
            page_separator=separator if isinstance(separator, str) else None,
            site_separator=self._config.excerpt_separator,
            description=facts.scalar(values.get("description")),
        )

    def _image(self, page: Page) -> Image | None:
        # Relative to the site's home, as jekyll-feed's absolute_url has it.
        address, alt = facts.image(page.values)
        return image_of(self._site, address, alt=alt)

    def _address_of(self, asking: str, wanted: str) -> str:
        """Give the address of the document at a path, or of the post with a name; "" when there is none."""
        path = scanning.find(self._site.root, self._config, wanted.strip("/"))
        if path is None or path == asking:
            return ""
        try:
            content = read_content(self._site.root, path, max_bytes=_MAX_LINKED_BYTES)
            page = read_page(path, content, self._config, now=END_OF_TIME)
        except PostError:
            return ""
        return "" if isinstance(page, Omitted) else page.url
