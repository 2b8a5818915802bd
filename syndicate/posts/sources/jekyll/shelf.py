"""The library as one post's templates see it; what they take is recorded."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, partial
from itertools import chain
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from syndicate.posts import kramdown
from syndicate.posts.source import EVERY_FILE
from syndicate.posts.sources.jekyll.config import every_collection
from syndicate.posts.sources.jekyll.data import Data
from syndicate.posts.sources.jekyll.documents import Card, DocumentDrop
from syndicate.posts.sources.jekyll.library import Library
from syndicate.posts.sources.jekyll.liquid.scope import Piece
from syndicate.posts.sources.jekyll.liquid.stripping import stripped
from syndicate.posts.sources.jekyll.slugs import escape_path

#: What a post can't be told: it changes with every run, or is made after the posts.
_UNKNOWABLE = frozenset({"time", "pages", "html_pages", "html_files", "static_files", "related_posts"})


class PostShelf:
    """What the templates of one post take from the site; see ``liquid.scope.Shelf``."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._documents: dict[str, list[DocumentDrop]] = {}
        #: Paths of files and folders (these end with a slash), or ``EVERY_FILE``.
        self.drawn_on: set[str] = set()
        #: One line each.
        self.problems: list[str] = []

    @property
    def zone(self) -> str:
        """Name the site's time zone."""
        return self._library.config.zone.key

    def include(self, name: str) -> Piece | None:
        """Give a file of ``_includes``."""
        folder = self._library.folder("includes_dir", "_includes")
        return self._piece(f"{folder}/{name}", within=folder)

    def beside(self, path: str, name: str) -> Piece | None:
        """Give the file ``name`` beside the document at ``path``."""
        folder = str(PurePosixPath(path).parent)
        return self._piece(f"{folder}/{name}", within=folder)

    def _piece(self, path: str, *, within: str) -> Piece | None:
        self.drawn_on.add(path)
        return self._library.piece(path, within=within)

    def address_of_file(self, path: str) -> str | None:
        """Give the address of a file, from the site's home."""
        self.drawn_on.add(EVERY_FILE)
        return self._library.address_of_file(path)

    def address_of_post(self, name: str) -> str | None:
        """Give the address of a post, from the site's home."""
        self.drawn_on.add(EVERY_FILE)
        return self._library.address_of_post(name)

    def relative(self, address: str) -> str:
        """Give ``address`` with the site's base path before it."""
        return escape_path(self._library.config.baseurl + _slashed(address)).replace("%25", "%")

    def absolute(self, address: str) -> str:
        """Give ``address`` with the site's own address before it."""
        if not self._library.config.url:
            return self.relative(address)
        return self._library.config.url + (self.relative(address) or "/")

    def markdownify(self, source: str) -> str:
        """Give the HTML of Markdown."""
        return kramdown.render(source)

    def document(self, card: Card) -> DocumentDrop:
        """Give a document as templates see it."""
        return DocumentDrop(card, time=self._local, neighbour=self._neighbour, text=self._text)

    def documents(self, collection: str) -> list[DocumentDrop]:
        """Give the documents of a collection, in its order."""
        self.drawn_on.add(EVERY_FILE)
        if collection not in self._documents:
            cards = self._library.cards.get(collection, ())
            self._documents[collection] = [self.document(card) for card in cards]
        return self._documents[collection]

    @cached_property
    def data(self) -> Mapping[str, object]:
        """Give the files of ``_data``."""
        folder = self._library.folder("data_dir", "_data")
        self.drawn_on.add(f"{folder}/")
        return Data(self._library.root, folder, self.problems.append)

    def _neighbour(self, card: Card, distance: int) -> DocumentDrop | None:
        self.drawn_on.add(EVERY_FILE)
        other = self._library.neighbour(card, distance)
        return self.document(other) if other else None

    def _text(self, card: Card, which: str) -> str:
        """Give a document's text, its templates left out, or the opening of it as HTML."""
        own = card.values.get("excerpt")
        if which == "excerpt" and isinstance(own, str):
            return own
        body = stripped(self._library.body(card.path))
        separator = card.values.get("excerpt_separator") or self._library.config.excerpt_separator
        if which == "content" or not isinstance(separator, str):
            return body
        return self.markdownify(body.partition(separator)[0]) if separator else ""

    def _local(self, instant: datetime) -> datetime:
        # Loaded with python-liquid, and only where a template is.
        from syndicate.posts.sources.jekyll.liquid.ruby import RubyTime

        local = instant.astimezone(ZoneInfo(self.zone))
        return RubyTime.combine(local.date(), local.timetz())


def _slashed(address: str) -> str:
    return address if not address or address.startswith("/") else f"/{address}"


class SiteDrop(Mapping[str, object]):
    """``site`` (lib/jekyll/drops/site_drop.rb): collections, posts, data, else the configuration."""

    def __init__(self, shelf: PostShelf, raw: Mapping[str, object], *, url: str) -> None:
        self._shelf = shelf
        self._raw = raw
        self._made: dict[str, object] = {}
        self._own: Mapping[str, Callable[[], object]] = {
            "posts": lambda: shelf.documents("posts")[::-1],
            "data": lambda: shelf.data,
            "documents": lambda: list(chain.from_iterable(map(shelf.documents, every_collection(raw)))),
            "collections": self._collections,
            "categories": partial(self._by, "categories"),
            "tags": partial(self._by, "tags"),
            "url": lambda: url,
            "baseurl": lambda: raw.get("baseurl") or "",
        }

    def __getitem__(self, key: str) -> object:
        """Give a value; ``KeyError`` where there is none of that name."""
        if key in self._own:
            if key not in self._made:
                self._made[key] = self._own[key]()
            return self._made[key]
        if key in every_collection(self._raw):
            return self._shelf.documents(key)
        if key in _UNKNOWABLE and key not in self._raw:
            self._shelf.problems.append(f"its Liquid asks for site.{key}, which no feed has; write it out")
        return self._raw[key]

    def _collections(self) -> list[dict[str, object]]:
        settings = sorted(every_collection(self._raw).items())
        return [{"label": name, "docs": self._shelf.documents(name), **said} for name, said in settings]

    def _by(self, key: str) -> dict[str, list[DocumentDrop]]:
        groups: dict[str, list[DocumentDrop]] = {}
        for post in self._shelf.documents("posts"):
            for name in post[key]:  # type: ignore[attr-defined] # both are lists
                groups.setdefault(name, []).append(post)
        return {name: posts[::-1] for name, posts in groups.items()}

    def __iter__(self) -> Iterator[str]:
        """Give the names of the configuration."""
        return iter(self._raw)

    def __len__(self) -> int:
        """Give how many names the configuration has."""
        return len(self._raw)
