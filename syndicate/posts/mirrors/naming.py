"""What somebody means who names a site by a folder, or by where it lives. Pure."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from syndicate.settings.schema import SiteSettings
from syndicate.settings.web_address import is_web_address


def site_named(text: str) -> SiteSettings:
    """Give the settings of a site that is a folder, or a web address: its feed's, or its page's."""
    if is_web_address(text):
        return SiteSettings(feed=text)
    return SiteSettings(path=Path(text))


def folder_name(text: str) -> str:
    """Give a name for the outbox of a site that was named so; no two sites have the same by chance."""
    site = site_named(text)
    if not site.feed:
        return site.path.resolve().name or "site"
    parts = urlsplit(site.feed)
    words = re.sub(r"[^a-z0-9.]+", "-", f"{parts.hostname}{parts.path}-{parts.query}".lower())
    return words.strip("-.")[:100]
