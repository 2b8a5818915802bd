"""What a site says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The published website a folder of posts belongs to, in its generator's own words."""

    #: The name of the source that reads it ("jekyll").
    kind: str
    #: The folder, absolute.
    root: Path
    #: Absolute address of the site's home, base path included, without a trailing slash; "" when unknown.
    url: str
    title: str
    description: str
    #: BCP 47 language tag.
    language: str
    #: IANA name of the zone the generator reads and shows dates in.
    zone: str
    #: The site's default author; "" when it names none.
    author: str
    #: Who holds the rights, and what others may do: "© 2026 Ana Reis"; "" when it doesn't say.
    rights: str = ""
    #: Names of the collections, in the config's order; always holds "posts" first when the site has any.
    collections: tuple[str, ...]
    #: How the site's own configuration writes collections for people, where it does.
    collection_titles: Mapping[str, str] = field(default_factory=dict)
    #: Changes whenever the site's own configuration does, so that every post is read anew.
    fingerprint: str

    @property
    def called(self) -> str:
        """What people call such a site."""
        named = {"plain": "plain folder", "feed": "remote feed"}
        return named.get(self.kind, f"{self.kind.capitalize()} site")
