"""A site's facts, where the settings' own word comes before that of the site's configuration."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypedDict, Unpack

from syndicate.model.site import Site
from syndicate.settings.schema import SiteSettings

_NO_TITLES: Mapping[str, str] = MappingProxyType({})


class Said(TypedDict, total=False):
    """What a site's own configuration says of it."""

    url: str
    title: str
    description: str
    language: str
    author: str
    rights: str
    zone: str
    collection_titles: Mapping[str, str]


def site_of(
    kind: str,
    settings: SiteSettings,
    *,
    collections: tuple[str, ...],
    fingerprint: str,
    **said: Unpack[Said],
) -> Site:
    """Give the site: what ``settings`` say, else what the site ``said``, else what anybody would assume."""
    root: Path = settings.path.resolve()
    return Site(
        kind=kind,
        root=root,
        url=(settings.url or said.get("url", "")).rstrip("/"),
        title=settings.title or said.get("title") or root.name,
        description=settings.description or said.get("description", ""),
        language=settings.language or said.get("language") or "en",
        zone=said.get("zone") or "UTC",
        author=settings.author or said.get("author", ""),
        rights=settings.rights or said.get("rights", ""),
        collections=collections,
        collection_titles=said.get("collection_titles", _NO_TITLES),
        fingerprint=fingerprint,
    )
