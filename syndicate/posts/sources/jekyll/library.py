"""The rest of the site, for a post whose text draws on it: includes, data, other documents."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from syndicate.errors import PostError
from syndicate.model.post import Omitted
from syndicate.model.site import Site
from syndicate.posts.file_content import read_content
from syndicate.posts.front_matter import read_document
from syndicate.posts.sources.jekyll import facts, permalinks, scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig, every_collection
from syndicate.posts.sources.jekyll.dates import NO_DATE
from syndicate.posts.sources.jekyll.documents import Card, card_of, in_order
from syndicate.posts.sources.jekyll.liquid.scope import Piece
from syndicate.posts.sources.jekyll.page import read_page

#: No include and no post is longer.
_MAX_BYTES = 5_000_000


class Library:
    """What all posts of a site share; each file is read when the first one asks for it."""

    def __init__(self, *, config: JekyllConfig, site: Site, as_of: datetime) -> None:
        self.config = config
        self.site = site
        self._as_of = as_of
        self._everything = replace(config, collections=tuple(every_collection(config.raw)))
        self._pieces: dict[str, Piece | None] = {}

    @property
    def root(self) -> Path:
        """Give the site's folder."""
        return self.site.root

    @cached_property
    def prefix(self) -> str:
        """Give the folder of the collections, with its slash."""
        return f"{self.config.collections_dir}/" if self.config.collections_dir else ""

    def folder(self, key: str, default: str) -> str:
        """Give the folder that the configuration names under ``key``; the default where that is outside."""
        named = facts.scalar(self.config.raw.get(key)).strip("/") or default
        root = self.root.resolve()
        return named if (root / named).resolve().is_relative_to(root) else default

    def piece(self, path: str, *, within: str) -> Piece | None:
        """Give the text of a file that is in the folder ``within``, also by links; ``None`` without one."""
        if path not in self._pieces:
            self._pieces[path] = self._read_piece(path, within)
        return self._pieces[path]

    def _read_piece(self, path: str, within: str) -> Piece | None:
        home = os.path.realpath(self.root / within)
        if not os.path.realpath(self.root / path).startswith(os.path.join(home, "")):  # noqa: PTH118 - as text
            return None
        try:
            content = read_content(self.root, path, max_bytes=_MAX_BYTES)
            return Piece(path=path, source=content.decode("utf-8-sig"))
        except (PostError, UnicodeDecodeError):
            return None

    @cached_property
    def cards(self) -> Mapping[str, list[Card]]:
        """Give the documents of every collection, in its order."""
        found: dict[str, list[Card]] = {name: [] for name in self._everything.collections}
        for card in self._cards():
            found[card.collection].append(card)
        settings = every_collection(self.config.raw)
        return {name: in_order(cards, settings[name]) for name, cards in found.items()}

    def _cards(self) -> Iterator[Card]:
        for candidate in scanning.scan(self.root, self._everything):
            try:
                content = read_content(self.root, candidate.path, max_bytes=_MAX_BYTES)
                page = read_page(candidate.path, content, self._everything, now=self._as_of, undated=NO_DATE)
            except PostError:
                continue  # named where it is read for itself
            if not isinstance(page, Omitted):
                yield card_of(page, prefix=self.prefix)

    @cached_property
    def by_relative_path(self) -> Mapping[str, Card]:
        """Give the documents by what Jekyll calls their path."""
        return {card.relative_path: card for cards in self.cards.values() for card in cards}

    def body(self, path: str) -> str:
        """Give a document's text without its head; "" when it can't be read."""
        try:
            return read_document(path, read_content(self.root, path, max_bytes=_MAX_BYTES)).body
        except PostError:
            return ""

    def neighbour(self, card: Card, distance: int) -> Card | None:
        """Give the document so far behind ``card`` in its collection; ``None`` beyond the ends."""
        place = self._places.get(card.path)
        cards = self.cards[card.collection]
        other = None if place is None else place + distance
        return cards[other] if other is not None and 0 <= other < len(cards) else None

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {card.path: index for cards in self.cards.values() for index, card in enumerate(cards)}

    def address_of_file(self, path: str) -> str | None:
        """Give the address of a document, a page or any other file, from the site's home."""
        wanted = path.strip("/")
        card = self.by_relative_path.get(wanted)
        if card:
            return card.url
        inside = self.piece(wanted, within="") if _may_have_a_head(wanted) else None
        if inside:
            return self._page_address(wanted, inside.source)
        published = wanted and not any(part[:1] in "._" for part in wanted.split("/"))
        return f"/{wanted}" if published and (self.root / wanted).is_file() else None

    def _page_address(self, path: str, source: str) -> str:
        """Give the address of a page (lib/jekyll/page.rb)."""
        try:
            head = read_document(path, source.encode()).head
        except PostError:
            return f"/{path}"
        if not head.present:
            return f"/{path}"
        own = facts.scalar(head.values.get("permalink"))
        markdown = PurePosixPath(path).suffix[1:].lower() in self.config.markdown_extensions
        return own or permalinks.page_url(path, style=self.config.permalink, markdown=markdown)

    def address_of_post(self, name: str) -> str | None:
        """Give the address of the post of that name, with or without its folders."""
        bare = name.strip("/")
        for card in self.cards["posts"]:
            stem = card.relative_path.rpartition(".")[0]
            if stem == f"_posts/{bare}" or stem.replace("_posts/", "", 1) == bare:
                return card.url
        return next((card.url for card in self.cards["posts"] if _same_day_and_slug(card, bare)), None)


def _same_day_and_slug(card: Card, name: str) -> bool:
    """Say whether an older way of naming posts means this one (lib/jekyll/tags/post_url.rb)."""
    return PurePosixPath(card.path).stem == name.rpartition("/")[2]


def _may_have_a_head(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in {
        ".md",
        ".markdown",
        ".mkd",
        ".mkdn",
        ".mkdown",
        ".html",
        ".htm",
    }
