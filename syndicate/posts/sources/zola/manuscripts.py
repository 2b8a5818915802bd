"""What the pages of a Zola site hold; see ``posts.folder.Manuscripts``."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from syndicate.errors import PostError
from syndicate.model.post import Omission, Omitted
from syndicate.model.site import Site
from syndicate.posts import facts
from syndicate.posts.addresses import tidy
from syndicate.posts.code_blocks import first_outside_code
from syndicate.posts.composing import Placed, Vocabulary, compose
from syndicate.posts.dating import date_in, last_change
from syndicate.posts.front_matter import Document, read_document
from syndicate.posts.keeping_back import because, left_out
from syndicate.posts.manuscript import Manuscript, Rendered, image_of, link_of
from syndicate.posts.markdown import Dialect
from syndicate.posts.neighbours import Neighbours, file_named, with_fragment
from syndicate.posts.rendering import to_html
from syndicate.posts.sources.zola import naming
from syndicate.posts.sources.zola.config import ZolaConfig
from syndicate.posts.sources.zola.heads import HEADS, drafts
from syndicate.posts.sources.zola.layout import CONTENT, ZolaLayout, is_section
from syndicate.posts.sources.zola.naming import Name
from syndicate.posts.sources.zola.shortcodes import reduced

#: components/markdown/src/markdown.rs MORE_DIVIDER_RE.
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_INTERNAL = "@/"
_VOCABULARY = Vocabulary(
    excerpt=(), image=("image", "cover", "cover_image", "thumbnail", "og_image", "social_media_image")
)


class ZolaManuscripts:
    """Reads pages, knowing the site they are in."""

    def __init__(
        self, *, config: ZolaConfig, site: Site, layout: ZolaLayout, sections: Mapping[str, bytes]
    ) -> None:
        self._config = config
        self._site = site
        self._layout = layout
        self._drafts = drafts(sections)
        self._neighbours = Neighbours(site.root, lambda path, content, now: self.read(path, content, now=now))
        self._dialect = Dialect(smart=config.smart_punctuation, definitions=config.definition_list)

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why Zola's feeds leave it out."""
        del now  # Zola publishes the future
        document = read_document(path, content, HEADS)
        if not document.head.present:
            raise PostError(path, "has no front matter", "begin it with +++ lines around its title and date")
        name = self._name(document)
        omitted = self._section_omits(path) or _left_out(document)
        if omitted:
            return omitted
        published = self._published(document, name)
        if published is None:
            return Omitted(
                path=path, why=Omission.NOT_A_POST, rule="it has no date, so Zola's feeds leave it out"
            )
        return self._manuscript(document, name, published)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript, without shortcodes, internal links resolved."""
        text = reduced(source)
        return to_html(
            text.text, self._dialect, base=manuscript.link, removed=text.removed, resolve=self._resolved
        )

    def _name(self, document: Document) -> Name:
        try:
            return naming.name_of(document.path.removeprefix(f"{CONTENT}/"), self._config)
        except naming.LanguageError as error:
            raise PostError(
                document.path,
                f'its name ends in the language "{error}", which the configuration doesn\'t have',
                f"add [languages.{error}], or rename it",
            ) from error

    def _section_omits(self, path: str) -> Omitted | None:
        folders = (folder for folder in self._drafts if path.startswith(f"{folder}/"))
        section = next(folders, None)
        if section is None:
            return None
        return Omitted(path=path, why=Omission.DRAFT, rule=f"`draft = true` in {self._drafts[section]}")

    def _published(self, document: Document, name: Name) -> datetime | None:
        values = document.head.values
        by_name = {"date": naming.date_in(name.stem)}
        return date_in(document, values, ("date",), UTC) or date_in(document, by_name, ("date",), UTC)

    def _manuscript(self, document: Document, name: Name, published: datetime) -> Manuscript:
        values = _values(document.head.values)
        updated, warnings = last_change(document, values, ("updated",), zone=UTC, published=published)
        more = first_outside_code(document.body, _MORE)
        placed = Placed(
            document=document,
            values=values,
            url=self._url(document, name),
            collection=self._layout.collection(document.path),
            title=name.stem.replace("-", " ").replace("_", " ").strip().capitalize(),
            body=document.body,
            published=published,
            updated=updated,
            separator=more[0] if more else "",
            warnings=warnings,
        )
        found = compose(placed, self._site, _VOCABULARY)
        return self._pictured(replace(found, language=name.language), name)

    def _pictured(self, manuscript: Manuscript, name: Name) -> Manuscript:
        """Give the manuscript with a picture that may stand beside its page."""
        address, alt = facts.picture(facts.first_value(manuscript.head, _VOCABULARY.image))
        if not name.colocated or address.startswith("/"):
            return manuscript
        return replace(manuscript, image=image_of(self._site, address, alt=alt, page=manuscript.link))

    def _url(self, document: Document, name: Name) -> str:
        said = facts.first(document.head.values, ("path",))
        if said:
            return tidy(f"{said}/")
        try:
            slug = naming.slug_of(name.stem, facts.first(document.head.values, ("slug",)), self._config)
        except naming.SpellingError as error:
            raise PostError(
                document.path,
                f'"{str(error)[:60]}" would have to be spelt in Latin letters for its address',
                'add slug = "…", or slugify.paths = "safe" to the configuration',
            ) from error
        language = () if name.language == self._config.default_language else (name.language,)
        return tidy("/".join((*language, *name.components, slug, "")))

    def _resolved(self, address: str) -> str | None:
        """Give the address of a page that is named by its file; ``None`` where there is none such."""
        if not address.startswith(_INTERNAL):
            return address
        file = file_named(address[1:], folder="")
        path = f"{CONTENT}/{file}"
        if is_section(file.rpartition("/")[2]):
            return with_fragment(link_of(self._site, tidy(f"{file.rpartition('/')[0]}/")), address)
        link = self._neighbours.link(path) if self._layout.omission(path) is None else ""
        return with_fragment(link, address) if link else None


def _left_out(document: Document) -> Omitted | None:
    if document.head.values.get("render") is False:
        return because(document, Omission.UNPUBLISHED, "render", "`render = false`")
    return left_out(document, {"draft": document.head.values.get("draft")})


def _values(head: Mapping[str, Any]) -> dict[str, Any]:
    """Give a head with its taxonomies and its own extra keys beside the rest, which comes first."""
    inner = [head.get(key) for key in ("extra", "taxonomies")]
    tables = [each for each in inner if isinstance(each, dict)]
    return {key: value for table in tables for key, value in table.items()} | dict(head)
