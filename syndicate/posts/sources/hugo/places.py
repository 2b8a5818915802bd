"""Where a file stands in the site's content (common/paths/pathparser.go)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from syndicate.posts.sources.hugo.words import normalised

#: Suffixes of pages that can be read here.
MARKDOWN = frozenset({"md", "mdown", "markdown"})
HTML = frozenset({"html", "htm"})
#: And of those that other programs render for Hugo.
FOREIGN = frozenset({"org", "adoc", "asciidoc", "ad", "rst", "pandoc", "pdc"})
#: The collection of pages that are in no section.
NO_SECTION = "pages"
_PAGES = MARKDOWN | HTML | FOREIGN


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRoot:
    """A folder of content (``contentDir``, or a mount)."""

    #: From the site's root.
    folder: str
    #: Where it stands in the content: "" or "docs".
    inside: str = ""
    #: Key of the language of files that name none.
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file of content."""

    #: From the site's root.
    path: str
    language: str
    #: Folders from the content's root, as they are named; a bundle's own is the last.
    folders: tuple[str, ...]
    #: The name without language and suffix.
    name: str
    #: In lower case, without its dot.
    suffix: str
    #: Whether the name says its language.
    says_language: bool

    @property
    def is_bundle(self) -> bool:
        """Say whether it is the page of its folder (``index.md``)."""
        return self.name.lower() == "index"

    @property
    def is_section(self) -> bool:
        """Say whether it is a section's page (``_index.md``), which is no post."""
        return self.name.lower() == "_index"

    @property
    def is_regular(self) -> bool:
        """Say whether it is a page by itself: no section's, nor the home's."""
        return not self.is_section and not (self.is_bundle and not self.folders)

    @property
    def parents(self) -> tuple[str, ...]:
        """Give the folders above the page."""
        return self.folders[:-1] if self.is_bundle else self.folders

    @property
    def page_name(self) -> str:
        """Give the name that the page goes by."""
        return self.folders[-1] if self.is_bundle and self.folders else self.name

    @property
    def collection(self) -> str:
        """Give the first section that the page is in (hugolib: ``.Section``)."""
        return normalised(self.parents[0]) if self.parents else NO_SECTION

    @property
    def logical_path(self) -> str:
        """Give the path that Hugo knows the page by: "/posts/a"."""
        parts = self.folders if self.is_section else (*self.parents, self.page_name)
        return normalised("/" + "/".join(parts))


def place_in(root: ContentRoot, path: str, languages: Iterable[str]) -> Place | None:
    """Give the place of a file in ``root``; ``None`` for one that is no page by its name."""
    pure = PurePosixPath(path)
    suffix = pure.suffix[1:].lower()
    if suffix not in _PAGES:
        return None
    inner = path[len(root.folder) + 1 :] if root.folder else path
    name, dot, language = pure.stem.rpartition(".")
    says = bool(dot) and bool(name) and language.lower() in set(languages)
    above = tuple(filter(None, (*root.inside.split("/"), *inner.split("/")[:-1])))
    return Place(
        path=path,
        language=language.lower() if says else root.language,
        folders=above,
        name=name if says else pure.stem,
        suffix=suffix,
        says_language=says,
    )


def is_hidden(name: str) -> bool:
    """Say whether Hugo passes over a file or folder of this name (hugofs, source/sourceSpec.go)."""
    return name.startswith((".", "#")) or name.endswith("~")
