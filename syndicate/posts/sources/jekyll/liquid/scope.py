"""What goes into the filling of one text, and what comes out. Nothing here loads python-liquid."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


class Shelf(Protocol):
    """What templates may take from the site besides values."""

    def include(self, name: str) -> "Piece | None":
        """Give a file of ``_includes``; ``None`` when there is none of that name."""

    def beside(self, path: str, name: str) -> "Piece | None":
        """Give the file ``name`` beside the document at ``path``; ``None`` when there is none."""

    def address_of_file(self, path: str) -> str | None:
        """Give the address of the file that ``{% link %}`` names, from the site's home."""

    def address_of_post(self, name: str) -> str | None:
        """Give the address of the post that ``{% post_url %}`` names, from the site's home."""

    def relative(self, address: str) -> str:
        """Give ``address`` with the site's base path before it."""

    def absolute(self, address: str) -> str:
        """Give ``address`` with the site's own address before it."""

    def markdownify(self, source: str) -> str:
        """Give the HTML of Markdown ``source``."""

    @property
    def zone(self) -> str:
        """Name the site's time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file that is taken into another."""

    #: From the site's root.
    path: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the templates of one text may refer to."""

    site: Mapping[str, object]
    page: Mapping[str, object]
    #: The document's path from the site's root.
    path: str
    shelf: Shelf
    #: Seconds of work so far; too long a run is broken off.
    clock: Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that was taken out of a text, for people."""

    #: In the text, from 0; ``None`` where it has no place of its own.
    line: int | None
    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text without templates."""

    text: str
    troubles: tuple[Trouble, ...] = ()
