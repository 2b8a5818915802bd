"""Which mirror a site needs, and where it is."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.errors import SiteError, SyndicateError
from syndicate.model.site import Site
from syndicate.posts.mirrors.feed.folder import FEED
from syndicate.posts.mirrors.naming import shown_address
from syndicate.posts.mirrors.refreshed import Refreshed
from syndicate.settings.schema import Settings

if TYPE_CHECKING:
    from syndicate.posts.mirrors.repositories import Repository

#: Beside the web root, never below it.
_MIRROR = "mirror"


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

        return refresh_feed(settings, folder=feed_folder(settings), now=now)
    repository = _repository(settings)
    if repository is None:
        return Refreshed()
    from syndicate.posts.mirrors.git.refreshing import refresh_repository

    folder = _git_folder(settings)
    return refresh_repository(settings, repository=repository, folder=folder, now=now)


def located(settings: Settings) -> Settings:
    """Give settings whose ``site.path`` is where the files are; ``SiteError`` where none are fetched yet."""
    if not address_of(settings):
        return settings
    if not is_begun(settings):
        raise SiteError(
            f"{shown_address(address_of(settings))}: is not fetched yet; `syndicate build` fetches it"
        )
    if settings.site.feed:
        return replace(settings, site=replace(settings.site, path=feed_folder(settings), kind="feed"))
    if not _tree(settings).is_dir():
        address = shown_address(address_of(settings))
        raise SiteError(f'{address}: has no folder "{settings.site.path.as_posix()}"; correct site.path')
    return replace(settings, site=replace(settings.site, path=_tree(settings)))


def is_begun(settings: Settings) -> bool:
    """Say whether there is a mirror to go on with, when the site can't be reached."""
    if settings.site.feed:
        return (feed_folder(settings) / FEED).is_file()
    repository = _repository(settings)
    return repository is None or (_git_folder(settings) / repository.name).is_dir()


def address_of(settings: Settings) -> str:
    """Give where the site lives, when that isn't simply the folder that is read; else ""."""
    site = settings.site
    return site.feed or site.git or (str(site.path.resolve()) if site.committed_only else "")


def whereabouts(settings: Settings, site: Site) -> str:
    """Give where the site lives, as its editor would say it."""
    return shown_address(address_of(settings)) or str(site.root)


def feed_folder(settings: Settings) -> Path:
    """Give where a feed's mirror is."""
    return settings.outbox / _MIRROR / "feed"


def _git_folder(settings: Settings) -> Path:
    return settings.outbox / _MIRROR / "git"


def _tree(settings: Settings) -> Path:
    """Give where the site's files are: in the repository's tree, or a folder of it."""
    top, site = _repository(settings), settings.site
    if top is None:
        return site.path
    within = site.path if site.git else site.path.resolve().relative_to(top.address)
    return _git_folder(settings) / top.name / within


def _repository(settings: Settings) -> "Repository | None":
    """Give the repository that the files come from; ``SiteError`` where there should be one."""
    site = settings.site
    if not (site.git or site.committed_only):
        return None
    from syndicate.posts.mirrors.repositories import repository_at

    if site.git:
        return repository_at(site.git)
    path = site.path.resolve()
    for each in (path, *path.parents):
        if (each / ".git").exists():
            return repository_at(str(each))
    raise SiteError(
        f"{path}: is in no Git working copy; take out site.committed_only, or name the working copy"
    )
