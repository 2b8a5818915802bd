"""What stands at an address that somebody gave, in words."""

from dataclasses import dataclass, replace

from syndicate.fetching import shown
from syndicate.model.site import Site
from syndicate.posts.mirrors.feed.folder import ENTRIES
from syndicate.posts.mirrors.feed.records import read_about
from syndicate.posts.mirrors.naming import shown_address
from syndicate.posts.mirrors.refreshing import address_of, feed_folder
from syndicate.settings.schema import Settings, SiteSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What was found at an address that somebody gave."""

    #: The settings that lead there without detour.
    site: SiteSettings
    words: str


def described(settings: Settings, site: Site) -> Described:
    """Give what was found where a site lives."""
    if not settings.site.feed:
        words = f"{site.called}, {shown_address(address_of(settings))}"
        return Described(site=settings.site, words=words)
    folder = feed_folder(settings)
    about = read_about(folder)
    count = len(list((folder / ENTRIES).glob("[!.]*.json")))
    words = f"{site.called} ({about.format}, {count} entries), {shown(about.feed)}"
    return Described(site=replace(settings.site, feed=about.feed), words=words)
