"""What somebody means who names a site by a folder, or by where it lives. Pure, but for links in paths."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from syndicate.settings.schema import SiteSettings
from syndicate.settings.web_address import is_repository_address, is_web_address


def shown_address(address: str) -> str:
    """Give where a site lives for messages, without what may be secret."""
    from syndicate.fetching import shown  # a site that is a folder needs no client

    return shown(address) if "://" in address else address


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
