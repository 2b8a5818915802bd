"""What the entries of Astro's collections hold; see ``posts.folder.Manuscripts``."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from syndicate.errors import PostError
from syndicate.model.post import Omission, Omitted
from syndicate.model.site import Site
from syndicate.posts import addresses, facts
from syndicate.posts.composing import Placed, Vocabulary, compose
from syndicate.posts.dating import date_in, last_change
from syndicate.posts.front_matter import TOML, YAML, Document, Heads, read_document
from syndicate.posts.keeping_back import left_out
from syndicate.posts.manuscript import Manuscript, Rendered
from syndicate.posts.markdown import Dialect
from syndicate.posts.rendering import to_html
from syndicate.posts.sources.astro import mdx
from syndicate.posts.sources.astro.config import Collection
from syndicate.posts.sources.astro.layout import AstroLayout
from syndicate.posts.sources.astro.slugs import entry_id
from syndicate.posts.template_tags import Reduced
from syndicate.settings.schema import SiteSettings

DEFAULT_PERMALINK = "/:collection/:path/"
_HEADS = Heads(kinds=(YAML, TOML))
_DATES = ("pubDate", "publishDate", "date", "pubDatetime", "publishedAt", "publishedDate", "published")
_CHANGES = ("updatedDate", "modDatetime", "updatedAt", "lastUpdated", "updated", "lastmod")
#: remark with GitHub's Markdown and SmartyPants, as Astro has it by default.
_DIALECT = Dialect(autolink=True, definitions=False)
_VOCABULARY = Vocabulary(image=("heroImage", "image", "cover", "coverImage", "ogImage", "thumbnail"))
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".svg")


class AstroManuscripts:
    """Reads entries, knowing the collection they are in."""

    def __init__(self, *, site: Site, layout: AstroLayout, said: SiteSettings, trailing_slash: bool) -> None:
        self._site = site
        self._layout = layout
        default = DEFAULT_PERMALINK if trailing_slash else DEFAULT_PERMALINK.rstrip("/")
        self._permalink = said.permalink or default
        #: Whether the settings say which collections hold posts; then an entry needs no date to be one.
        self._chosen = bool(said.posts)

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why it is no post."""
        collection = self._layout.collection_of(path)
        if collection is None:
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="it is in the folder of no collection")
        document = read_document(path, content, _HEADS)
        omitted = left_out(document, document.head.values)
        if omitted:
            return omitted
        dates = [key for key in _DATES if not isinstance(document.head.values.get(key), bool)]
        published = date_in(document, document.head.values, dates, UTC)
        if published is None and not self._chosen:
            rule = "it has no date; name its collection's folder in `site.posts` when it is a post"
            return Omitted(path=path, why=Omission.NOT_A_POST, rule=rule)
        return self._manuscript(document, collection, published, now=now)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript; MDX becomes Markdown first."""
        text = mdx.reduced(source) if manuscript.path.endswith(".mdx") else Reduced(text=source)
        lost: list[str] = []
        found = to_html(
            text.text, _DIALECT, base=manuscript.link, removed=text.removed, resolve=_without_processed(lost)
        )
        pictures = tuple(f"only Astro knows the address of {each}; put it into public/" for each in lost)
        return replace(found, warnings=(*found.warnings, *pictures))

    def _manuscript(
        self, document: Document, collection: Collection, published: datetime | None, *, now: datetime
    ) -> Manuscript:
        values, shown = document.head.values, published or now
        updated, warnings = last_change(document, values, _CHANGES, zone=UTC, published=shown)
        inner = document.path.removeprefix(f"{collection.folder}/")
        placed = Placed(
            document=document,
            values=values,
            url=self._url(document, collection, inner, published),
            collection=collection.name,
            title=_title(inner),
            body=document.body,
            published=shown,
            updated=updated,
            undated=published is None,
            warnings=warnings,
        )
        found = compose(placed, self._site, _VOCABULARY)
        return found if _is_public(values) else replace(found, image=None)

    def _url(self, document: Document, collection: Collection, inner: str, published: datetime | None) -> str:
        path = facts.first(document.head.values, ("slug",)) or entry_id(inner)
        slug = path.rpartition("/")[2]
        place = addresses.Place(path=path, slug=slug, collection=collection.name, date=published)
        try:
            return addresses.fill(self._permalink, place)
        except addresses.UndatedError as error:
            what = f"has no date, and its address asks for a {error}"
            raise PostError(document.path, what, 'add "pubDate: YYYY-MM-DD" to its head') from error


def _title(inner: str) -> str:
    pure = PurePosixPath(inner)
    stem = pure.parent.name if pure.stem == "index" and pure.parent.name else pure.stem
    return stem.replace("-", " ").replace("_", " ").strip().capitalize()


def _is_public(values: facts.Values) -> bool:
    """Say whether a picture is where its address says: one of ``src/`` gets another name when it is built."""
    address, _ = facts.picture(facts.first_value(values, _VOCABULARY.image))
    return address.startswith(("/", "https://", "http://")) and not address.startswith("/src/")


def _without_processed(lost: list[str]) -> Callable[[str], str | None]:
    """Give what passes addresses on, but those of pictures that Astro gives another name; they are noted."""

    def resolve(address: str) -> str | None:
        bare = address.partition("?")[0].lower()
        if address.startswith("/") or ":" in address.partition("/")[0] or not bare.endswith(_PICTURES):
            return address
        if address not in lost:
            lost.append(address)
        return None

    return resolve
