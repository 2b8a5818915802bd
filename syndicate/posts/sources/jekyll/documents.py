"""Documents as templates see them (lib/jekyll/drops/document_drop.rb), and the collections they are in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath

from syndicate.posts.plain import title_text
from syndicate.posts.sources.jekyll import facts
from syndicate.posts.sources.jekyll.page import Page, file_slug
from syndicate.posts.sources.jekyll.permalinks import generator_path
from syndicate.posts.sources.jekyll.slugs import titleize


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A document without its text, so that a whole site of them can be held."""

    #: From the site's root.
    path: str
    #: From the folder of the collections: what Jekyll calls the path.
    relative_path: str
    collection: str
    url: str
    slug: str
    title: str
    published: datetime
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    values: Mapping[str, object]


def card_of(page: Page, *, prefix: str) -> Card:
    """Give what templates may know of a page; ``prefix`` is the folder of the collections."""
    path = page.document.path
    return Card(
        path=path,
        relative_path=path.removeprefix(prefix),
        collection=page.place.collection,
        url=page.url,
        slug=page.slug,
        title=title_text(facts.title(page.values)) or titleize(file_slug(page.place)),
        published=page.published,
        categories=page.categories,
        tags=facts.tags(page.values),
        values=page.values,
    )


class DocumentDrop(Mapping[str, object]):
    """One document; its own names come before those of its front matter."""

    def __init__(
        self,
        card: Card,
        *,
        time: Callable[[datetime], datetime],
        neighbour: Callable[[Card, int], "DocumentDrop | None"],
        text: Callable[[Card, str], str],
    ) -> None:
        self._card = card
        self._time = time
        self._neighbour = neighbour
        self._text = text

    @cached_property
    def _own(self) -> Mapping[str, Callable[[], object]]:
        card = self._card
        name = PurePosixPath(card.path).name
        return {
            "path": lambda: card.relative_path,
            "relative_path": lambda: card.relative_path,
            "url": lambda: card.url,
            "id": lambda: generator_path(card.url, card.slug),
            "date": lambda: self._time(card.published),
            "title": lambda: card.title,
            "categories": lambda: list(card.categories),
            "tags": lambda: list(card.tags),
            "collection": lambda: card.collection,
            "name": lambda: card.values.get("name") or name,
            "slug": lambda: card.slug,
            "ext": lambda: PurePosixPath(name).suffix,
            "draft": lambda: card.values.get("draft") is True,
            "excerpt": lambda: self._text(card, "excerpt"),
            "content": lambda: self._text(card, "content"),
            "output": lambda: None,
            "previous": lambda: self._neighbour(card, -1),
            "next": lambda: self._neighbour(card, 1),
        }

    def __getitem__(self, key: str) -> object:
        """Give one of its values; ``KeyError`` where it has none of that name."""
        own = self._own.get(key)
        return own() if own else self._card.values[key]

    def __iter__(self) -> Iterator[str]:
        """Give the names; not those that lead to other documents, which would never end."""
        without = {"previous", "next", "content", "excerpt", "output"}
        return iter(dict.fromkeys([*(key for key in self._own if key not in without), *self._card.values]))

    def __len__(self) -> int:
        """Give how many names there are."""
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        """Say whether it is the same document."""
        return isinstance(other, DocumentDrop) and other._card.path == self._card.path

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self._card.path)


def in_order(cards: Iterable[Card], settings: Mapping[str, object]) -> list[Card]:
    """Give a collection in its order: by date and path, or as it says (lib/jekyll/collection.rb)."""
    ordered = sorted(cards, key=lambda card: (card.published, card.path))
    key, wanted = settings.get("sort_by"), settings.get("order")
    if isinstance(wanted, list):
        places = {str(name): index for index, name in enumerate(wanted)}
        return sorted(ordered, key=lambda card: places.get(card.relative_path.partition("/")[2], len(places)))
    if isinstance(key, str):
        return sorted(ordered, key=lambda card: _sortable(card, key))
    return ordered


def _sortable(card: Card, key: str) -> tuple[bool, bool, float, str]:
    value = card.title if key == "title" else card.values.get(key)
    number = isinstance(value, int | float)
    return value is None, not number, float(value) if isinstance(value, int | float) else 0.0, str(value)
