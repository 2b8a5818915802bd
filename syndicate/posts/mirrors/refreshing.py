"""Which mirror a site needs, and where it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from syndicate.errors import SiteError, SyndicateError
from syndicate.fetching import shown
from syndicate.posts.mirrors.feed.records import ENTRIES, FEED, read_about
from syndicate.posts.mirrors.refreshed import Refreshed
from syndicate.settings.schema import Settings, SiteSettings

#: Beside the web root, never below it.
_MIRROR = "mirror"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What was found at an address that somebody gave."""

    #: The settings that lead there without detour.
    site: SiteSettings
    words: str


def refresh(settings: Settings, *, now: datetime) -> Refreshed:
    """Bring the mirror up to date where its time has come; a site in a folder of its own needs none.

    What fails is told, and the mirror stays as it was; no post is ever seen half fetched.
    """
    try:
        return _refreshed(settings, now=now)
    except SyndicateError as error:  # the disk is full; mail that is due goes out all the same
        return Refreshed(problems=(error,))


def _refreshed(settings: Settings, *, now: datetime) -> Refreshed:
    if settings.site.feed:
        from syndicate.posts.mirrors.feed.refreshing import refresh_feed

        return refresh_feed(settings, folder=_feed_folder(settings), now=now)
    return Refreshed()


def located(settings: Settings) -> Settings:
    """Give settings whose ``site.path`` is where the files are; ``SiteError`` where none are fetched yet."""
    if not address_of(settings):
        return settings
    if not is_begun(settings):
        raise SiteError(f"{shown(address_of(settings))}: is not fetched yet; `syndicate build` fetches it")
    return replace(settings, site=replace(settings.site, path=_feed_folder(settings), kind="feed"))


def is_begun(settings: Settings) -> bool:
    """Say whether there is a mirror to go on with, when the site can't be reached."""
    return (_feed_folder(settings) / FEED).is_file()


def described(settings: Settings) -> Described:
    """Give what was found where a remote site lives."""
    folder = _feed_folder(settings)
    about = read_about(folder)
    count = len(list((folder / ENTRIES).glob("[!.]*.json")))
    words = f"a remote feed ({about.format}, {count} entries), {shown(about.feed)}"
    return Described(site=replace(settings.site, feed=about.feed), words=words)


def address_of(settings: Settings) -> str:
    """Give where the site lives, when that is not a folder of this machine; else ""."""
    return settings.site.feed


def _feed_folder(settings: Settings) -> Path:
    return settings.outbox / _MIRROR / "feed"
