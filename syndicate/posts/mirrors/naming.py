"""What somebody means who names a site by a folder, or by where it lives. Pure, but for links in paths."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from syndicate.settings.schema import SiteSettings
from syndicate.settings.web_address import is_repository_address, is_web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Where a site's repository is."""

    #: As git takes it.
    address: str
    #: Whether it is on this machine, where looking costs nothing.
    local: bool

    @property
    def name(self) -> str:
        """Give what people call it: the folder of its files gets this name."""
        last = re.split(r"[/:]", self.address.rstrip("/"))[-1].removesuffix(".git")
        return re.sub(r"[^\w.-]+", "-", last).strip(".-") or "site"

    @property
    def shown(self) -> str:
        """Give its address for messages."""
        return shown_address(self.address)


def shown_address(address: str) -> str:
    """Give where a site lives for messages, without what may be secret."""
    from syndicate.fetching import shown  # a site that is a folder needs no client

    return shown(address) if "://" in address else address


def repository_at(address: str) -> Repository:
    """Give the repository at an address, or in a folder."""
    return Repository(address=address, local=not is_repository_address(address))


def site_named(text: str) -> SiteSettings:
    """Give the settings of a site that is a folder, a feed (or a page that names it), or a repository."""
    if is_repository_address(text) and (not is_web_address(text) or urlsplit(text).path.endswith(".git")):
        return SiteSettings(git=text)
    if is_web_address(text):
        return SiteSettings(feed=text)
    return SiteSettings(path=Path(text))


def folder_name(text: str) -> str:
    """Give a name for the outbox of a site that was named so; no two sites have the same by chance."""
    site = site_named(text)
    if not (site.feed or site.git):
        return site.path.resolve().name or "site"
    parts = urlsplit(text) if "://" in text else None
    plain = f"{parts.hostname}{parts.path}-{parts.query}" if parts else text.rpartition("@")[2]
    return re.sub(r"[^a-z0-9.]+", "-", plain.lower()).strip("-.")[:100] or "site"
