"""What the files of a Hugo site hold; see ``posts.folder.Manuscripts``."""

import posixpath
import re
from datetime import UTC, datetime
from functools import cached_property, partial
from urllib.parse import quote, unquote, urlsplit

from syndicate.errors import PostError
from syndicate.model.post import Image, Omitted
from syndicate.model.site import Site
from syndicate.posts import links
from syndicate.posts.excerpt import Wishes
from syndicate.posts.file_content import read_content
from syndicate.posts.manuscript import END_OF_TIME, Manuscript, Rendered, image_of
from syndicate.posts.plain import text_of, title_text
from syndicate.posts.sources.hugo import facts
from syndicate.posts.sources.hugo.config import HugoConfig
from syndicate.posts.sources.hugo.dates import NO_DATE
from syndicate.posts.sources.hugo.languages import Language
from syndicate.posts.sources.hugo.page import Page, Reader
from syndicate.posts.sources.hugo.places import Place
from syndicate.posts.sources.hugo.references import Index, index_of
from syndicate.posts.sources.hugo.rendering import render, surroundings_of
from syndicate.posts.sources.hugo.sections import Sections
from syndicate.posts.sources.hugo.values import text, truth
from syndicate.posts.sources.hugo.words import normalised
from syndicate.posts.walking import entries

#: Of a file whose address another page asks for; none is longer.
_MAX_LINKED_BYTES = 5_000_000
_CJK = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")


class HugoManuscripts:
    """Reads pages, knowing the site they are in."""

    def __init__(self, *, config: HugoConfig, sections: Sections, site: Site, excerpt_rule: str) -> None:
        self._config = config
        self._sections = sections
        self._site = site
        self._rule = excerpt_rule
        self._reader = Reader(config=config, sections=sections)

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one file, or why Hugo leaves it out."""
        page = self._reader.read(path, content, now=now)
        if isinstance(page, Omitted):
            return page
        return self._manuscript(page, link=self._link(page.url, page.language))

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of the manuscript: shortcodes, Markdown, and the sanitiser last."""
        place = self._config.place_of(manuscript.path)
        if place is None:
            raise PostError(manuscript.path, "is no page of this site", "run again")
        language = self._config.language_of(place)
        surroundings = surroundings_of(
            page=manuscript.head,
            site=language.params,
            markup=language.markup,
            address_of=partial(self._address_of, place),
        )
        return render(
            source,
            surroundings,
            markdown=manuscript.markdown,
            base=manuscript.link,
            delimiters=language.markup.passthrough,
        )

    def _manuscript(self, page: Page, *, link: str) -> Manuscript:
        values, dates, wishes = page.values, page.dates, self._wishes(page)
        return Manuscript(
            path=page.document.path,
            url=self._url(page.url, page.language),
            link=link,
            generator_id=link,  # the guid of embedded/templates/rss.xml
            declared_id=text(values.get("id")) or text(values.get("guid")) or None,
            title=title_text(page.title),
            authors=facts.authors(values, partial(self._author, page.language.key)),
            collection=page.place.collection,
            categories=facts.terms(values, page.language.categories),
            tags=facts.terms(values, page.language.tags),
            published=_utc(dates.date),
            updated=_utc(dates.modified or dates.date),
            until=None if self._config.expired or not dates.expiry else _utc(dates.expiry),
            image=self._image(page, facts.picture(values), link),
            language=page.language.code,
            head=values,
            body=page.document.body,
            encoded=page.document.encoded,
            markdown=page.markdown,
            wishes=wishes,
            said=_said(wishes, facts.picture(values)),
            warnings=page.warnings,
        )

    def _wishes(self, page: Page) -> Wishes:
        values, language = page.values, page.language
        own = values.get("excerpt" if self._rule == "jekyll" else "summary")
        cjk = values.get("iscjklanguage")
        return Wishes(
            own=str(own) if isinstance(own, str | int | float) else None,
            page_separator=None,
            site_separator="\n\n",
            description=text(values.get("description")),
            opening_words=language.summary_words,
            by_characters=truth(cjk) if cjk is not None else language.cjk and _holds_cjk(page.document.body),
        )

    def _image(self, page: Page, picture: facts.Picture, link: str) -> Image | None:
        bundle = page.place.path.rpartition("/")[0] if page.place.is_bundle else ""
        if not picture.address and bundle:
            files = [entry.name for entry in entries(self._site.root / bundle) if entry.is_file()]
            found = facts.featured(files)
            return image_of(self._site, quote(found), alt="", page=link) if found else None
        return image_of(
            self._site,
            picture.address,
            alt=picture.alt,
            page=link if bundle and self._is_in(bundle, picture.address) else "",
        )

    def _is_in(self, bundle: str, address: str) -> bool:
        inner = posixpath.normpath(unquote(address))
        if inner.startswith(("/", "..")):
            return False
        try:
            return (self._site.root / bundle / inner).is_file()
        except (OSError, ValueError):
            return False

    def _author(self, language: str, name: str) -> str:
        section = self._sections.known.get((language, f"authors/{normalised(name)}"))
        return section.title if section else ""

    def _link(self, url: str, language: Language) -> str:
        address = f"{self._home(language)}{url}"
        return links.absolute(address, "") or address

    def _home(self, language: Language) -> str:
        """Give the home that a language's pages are below: its own host's, else the site's."""
        elsewhere = language.home and language.home != self._config.default.home
        return language.home if elsewhere else self._site.url

    def _url(self, url: str, language: Language) -> str:
        """Give Hugo's ``.RelPermalink``; with the host in a language that has one of its own."""
        home = self._home(language)
        if home == self._site.url:
            return f"{urlsplit(home).path}{url}"
        return f"//{home.partition('://')[2]}{url}"

    @cached_property
    def _index(self) -> Index:
        return index_of(self._site.root, self._config)

    def _address_of(self, asking: Place, wanted: str) -> str:
        """Give the address of the page that is meant, with its fragment; "" when there is none."""
        path, mark, fragment = wanted.partition("#")
        after = f"{mark}{quote(fragment)}"
        if not path.strip():
            return after
        found = self._index.find(path, asking)
        address = self._address(found) if found else ""
        return f"{address}{after}" if address else ""

    def _address(self, place: Place) -> str:
        language = self._config.language_of(place)
        if place.is_section:
            known = self._sections.known.get((place.language, "/".join(map(normalised, place.folders))))
            path = known.url if known and known.url else f"{language.prefix}{place.logical_path.rstrip('/')}/"
            return self._link(quote(path), language)
        try:
            content = read_content(self._site.root, place.path, max_bytes=_MAX_LINKED_BYTES)
            page = self._reader.read(place.path, content, now=END_OF_TIME)
        except PostError:
            return ""
        found = "" if isinstance(page, Omitted) else self._link(page.url, page.language)
        return quote(found, safe="/:?#&=%+,;@~.-_!$'*")


def _said(wishes: Wishes, picture: facts.Picture) -> tuple[str, ...]:
    return text_of(wishes.description), wishes.own or "", picture.address, picture.alt


def _utc(date: datetime | None) -> datetime:
    return date.astimezone(UTC) if date else NO_DATE


def _holds_cjk(body: str) -> bool:
    """Say whether there is any Chinese, Japanese or Korean (hugolib/page.go)."""
    return _CJK.search(body) is not None
