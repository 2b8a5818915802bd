"""What the articles of a Pelican site hold; see ``posts.folder.Manuscripts``."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from syndicate.model.post import Omission, Omitted
from syndicate.model.site import Site
from syndicate.posts import facts
from syndicate.posts.composing import Placed, Vocabulary, compose
from syndicate.posts.kramdown.attributes import without_attributes
from syndicate.posts.manuscript import Manuscript, Rendered
from syndicate.posts.markdown import Dialect
from syndicate.posts.neighbours import Neighbours
from syndicate.posts.rendering import to_html
from syndicate.posts.sources.pelican.article import Article, authors, read_article, separator_of
from syndicate.posts.sources.pelican.config import PelicanConfig
from syndicate.posts.sources.pelican.layout import PelicanLayout
from syndicate.posts.sources.pelican.links import Links

#: Pelican's ``Summary`` is its excerpt; themes and plugins read these pictures.
_VOCABULARY = Vocabulary(
    excerpt=("summary",), image=("image", "cover", "featured_image", "og_image", "thumbnail")
)
_SAVE_AS = "\0save_as"


class PelicanManuscripts:
    """Reads articles, knowing the site they are in."""

    def __init__(self, *, config: PelicanConfig, site: Site, layout: PelicanLayout) -> None:
        self._config = config
        self._site = site
        self._layout = layout
        self._neighbours = Neighbours(site.root, lambda path, content, now: self.read(path, content, now=now))
        # Python-Markdown's "extra"; what it makes of quotes is typogrify's business.
        self._dialect = Dialect(smart=config.typogrify)

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why Pelican leaves it out."""
        inner = self._layout.inner(path)
        if inner is None:
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="it is in no folder of articles")
        article = read_article(path, inner, content, self._config, now=now)
        return article if isinstance(article, Omitted) else self._manuscript(article)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript, Pelican's own links resolved."""
        links = Links(
            self._config,
            home=self._site.url,
            inner=self._layout.inner(manuscript.path) or manuscript.path,
            save_as=str(manuscript.head[_SAVE_AS]),
        )
        resolve = partial(links.resolved, neighbours=self._neighbours)
        # Attribute lists are written as in kramdown.
        return to_html(without_attributes(source), self._dialect, base=manuscript.link, resolve=resolve)

    def _manuscript(self, article: Article) -> Manuscript:
        tags = article.values.get("tags")
        placed = Placed(
            document=article.document,
            values={**article.values, _SAVE_AS: article.save_as},
            url=article.url,
            collection="posts",
            title="",
            body=article.document.body,
            published=article.published,
            updated=article.updated,
            undated=article.undated,
            separator=self._config.summary_end_marker,
            warnings=article.warnings,
        )
        found = compose(placed, self._site, _VOCABULARY)
        return replace(
            found,
            authors=authors(article.values, self._config),
            categories=(article.category,) if article.category else (),
            tags=facts.words(tags, separator=separator_of(tags)),
            language=article.language,
            generator_id=self._tag_uri(found.link, article),
        )

    def _tag_uri(self, link: str, article: Article) -> str:
        """Give the id of Pelican's own feeds (feedgenerator get_tag_uri)."""
        parts = urlsplit(link)
        if not parts.hostname or article.undated:
            return link
        return f"tag:{parts.hostname},{article.day.isoformat()}:{parts.path}"
