"""Pages of sections (``_index.md``): no posts, but what they say counts for those below."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from syndicate.errors import PostError, SiteError
from syndicate.posts.file_content import read_content
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.plain import title_text
from syndicate.posts.sources.hugo.cascades import Cascade, read_cascades
from syndicate.posts.sources.hugo.config import HugoConfig
from syndicate.posts.sources.hugo.places import Place
from syndicate.posts.sources.hugo.scanning import walk
from syndicate.posts.sources.hugo.values import table, text
from syndicate.posts.sources.hugo.words import lowered, normalised

_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What the page of a section says."""

    title: str
    slug: str
    url: str
    cascades: tuple[Cascade, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The sections that have a page of their own."""

    #: By language and path, "posts/sub"; the home's is "".
    known: Mapping[tuple[str, str], Section]
    fingerprint: str

    def of(self, language: str, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Give the folders of the section that a page below ``folders`` is in."""
        paths = tuple(map(normalised, folders))
        for end in range(len(paths), 1, -1):
            if (language, "/".join(paths[:end])) in self.known:
                return paths[:end]
        return paths[:1]

    def above(self, language: str, folders: tuple[str, ...]) -> tuple[Section, ...]:
        """Give the sections with pages above a page, the home's included, the outermost first."""
        paths = tuple(map(normalised, folders))
        found = (self.known.get((language, "/".join(paths[:end]))) for end in range(len(paths) + 1))
        return tuple(each for each in found if each)


def read_sections(root: Path, config: HugoConfig) -> Sections:
    """Read every section's page; ``SiteError`` where one can't be read, for it may hide what is below."""
    known: dict[tuple[str, str], Section] = {}
    said: list[str] = []
    for place, _ in walk(root, config):
        if place.is_section:
            section, words = _read(root, place)
            known[place.language, "/".join(map(normalised, place.folders))] = section
            said += [place.path, words]
    return Sections(known=known, fingerprint=of_parts(said))


def _read(root: Path, place: Place) -> tuple[Section, str]:
    # A site without such pages doesn't pay for what reads them.
    from syndicate.posts.front_matter import read_document
    from syndicate.posts.sources.hugo.heads import HEADS

    try:
        content = read_content(root, place.path, max_bytes=_MAX_BYTES)
        values = table(lowered(read_document(place.path, content, HEADS).head.values))
    except PostError as error:
        raise SiteError(str(error)) from error
    section = Section(
        title=title_text(text(values.get("title"))),
        slug=text(values.get("slug")),
        url=text(values.get("url")),
        cascades=read_cascades(values.get("cascade")),
    )
    return section, repr((section.title, section.slug, section.url, values.get("cascade")))
