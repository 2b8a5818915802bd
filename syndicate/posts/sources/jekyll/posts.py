"""Pages of a Jekyll site become posts: facts, excerpt, full text."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType

from syndicate.errors import PostError
from syndicate.model.post import Excerpt, ExcerptOrigin, Image, Omitted, Post
from syndicate.model.site import Site
from syndicate.posts import excerpt as excerpts
from syndicate.posts import fingerprint, links
from syndicate.posts.file_content import read_content
from syndicate.posts.plain import text_of, title_text
from syndicate.posts.sources.jekyll import facts, scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig
from syndicate.posts.sources.jekyll.liquid import Surroundings
from syndicate.posts.sources.jekyll.page import Page, file_slug, read_page
from syndicate.posts.sources.jekyll.permalinks import generator_path
from syndicate.posts.sources.jekyll.rendering import Rendered, render
from syndicate.posts.sources.jekyll.slugs import titleize

_RULES = MappingProxyType({"best": excerpts.best, "jekyll": excerpts.jekyll, "hugo": excerpts.hugo})
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
#: Of a file whose address another post asks for; no post is longer.
_MAX_LINKED_BYTES = 5_000_000


class PostMaker:
    """Makes posts and their HTML, knowing the site they are in."""

    def __init__(self, *, config: JekyllConfig, site: Site, excerpt_rule: str) -> None:
        self._config = config
        self._site = site
        self._rule = excerpt_rule

    def read(self, path: str, content: bytes, *, now: datetime) -> Post | Omitted:
        """Give the post in ``content``, or why it is left out; ``PostError`` when it can't be read."""
        page = read_page(path, content, self._config, now=now)
        return page if isinstance(page, Omitted) else self._post(page)

    def content_html(self, path: str, content: bytes) -> str:
        """Give the full text, without the mark that ends the excerpt; ``PostError`` when it is no post."""
        page = read_page(path, content, self._config, now=_END_OF_TIME)
        if isinstance(page, Omitted):
            raise PostError(path, f"is no longer a post ({page.why})", "run again")
        marks = excerpts.separators(self._wishes(page))
        return self._render(page, excerpts.without_markers(page.document.body, marks)).html

    def _post(self, page: Page) -> Post:
        values = page.values
        excerpt, warnings = self._excerpt(page)
        post = Post(
            path=page.document.path,
            url=page.url,
            link=self._link(page),
            generator_id=self._generator_id(page),
            declared_id=facts.scalar(values.get("id")) or facts.scalar(values.get("guid")) or None,
            title=title_text(facts.scalar(values.get("title"))) or titleize(file_slug(page.place)),
            authors=facts.authors(values, self._config.authors),
            collection=page.place.collection,
            categories=page.categories,
            tags=facts.tags(values),
            published=page.published,
            updated=page.updated,
            excerpt=excerpt,
            summary=_description(page) or excerpt.text,
            image=self._image(page),
            language=facts.scalar(values.get("lang")) or self._site.language,
            fingerprint="",
            body_fingerprint=fingerprint.of_body(page.document.body),
            warnings=(*page.warnings, *(f"{page.document.path}: {warning}" for warning in warnings)),
        )
        return replace(post, fingerprint=_fingerprint(post, page))

    def _excerpt(self, page: Page) -> tuple[Excerpt, tuple[str, ...]]:
        opening = _RULES[self._rule](page.document.body, self._wishes(page))
        if not opening.source.strip():
            return Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=opening.truncated), ()
        # Jekyll takes the front matter's excerpt as it stands; we read it as Markdown.
        verbatim = self._rule == "jekyll" and opening.origin is ExcerptOrigin.FRONT_MATTER
        rendered = self._render(page, opening.source, verbatim=verbatim)
        excerpt = Excerpt(
            html=rendered.html,
            text=text_of(rendered.html),
            origin=opening.origin,
            truncated=opening.truncated,
        )
        return excerpt, rendered.warnings

    def _wishes(self, page: Page) -> excerpts.Wishes:
        values = page.values
        separator = values.get("excerpt_separator")
        own = values.get("summary" if self._rule == "hugo" else "excerpt")
        return excerpts.Wishes(
            own=str(own) if isinstance(own, str | int | float) else None,
            page_separator=separator if isinstance(separator, str) else None,
            site_separator=self._config.excerpt_separator,
            description=facts.scalar(values.get("description")),
        )

    def _render(self, page: Page, source: str, *, verbatim: bool = False) -> Rendered:
        surroundings = Surroundings(
            site=self._config.raw,
            page=page.values,
            baseurl=self._config.baseurl,
            home=self._site.url,
            address_of=partial(self._address_of, page.document.path),
        )
        return render(source, surroundings, markdown=page.markdown and not verbatim, base=self._link(page))

    def _link(self, page: Page) -> str:
        address = f"{self._site.url}{page.url}"
        return links.absolute(address, "") or address

    def _generator_id(self, page: Page) -> str:
        # jekyll-feed: ``post.id | absolute_url``, which percent-encodes.
        address = f"{self._site.url}{generator_path(page.url, page.slug)}"
        return links.absolute(address, "") or address

    def _image(self, page: Page) -> Image | None:
        address, alt = facts.image(page.values)
        if not address:
            return None
        # Relative to the site's home, as jekyll-feed's absolute_url has it.
        full = address if "://" in address else f"{self._site.url}/{address.lstrip('/')}"
        found = links.absolute(full, "")
        return Image(url=found, alt=alt) if found and found.startswith(("http://", "https://")) else None

    def _address_of(self, asking: str, wanted: str) -> str:
        """Give the address of the document at a path, or of the post with a name; "" when there is none."""
        path = scanning.find(self._site.root, self._config, wanted.strip("/"))
        if path is None or path == asking:
            return ""
        try:
            content = read_content(self._site.root, path, max_bytes=_MAX_LINKED_BYTES)
            page = read_page(path, content, self._config, now=_END_OF_TIME)
        except PostError:
            return ""
        return "" if isinstance(page, Omitted) else page.url


def _description(page: Page) -> str:
    return text_of(facts.scalar(page.values.get("description")))


def _fingerprint(post: Post, page: Page) -> str:
    """Give the hash of what the author wrote for readers; our rules and the address are not in it."""
    said = (_description(page), facts.scalar(page.values.get("excerpt")), *facts.image(page.values))
    return fingerprint.of_parts(
        (post.title, post.authors, post.categories, post.tags, *said, post.body_fingerprint)
    )
