"""The feed source: the mirror of a remote feed, one file an entry, read like any folder of posts."""

from pathlib import Path
from urllib.parse import urlsplit

from syndicate.model.site import Site
from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.mirrors.feed.records import About, read_about
from syndicate.posts.sources.feed.layout import FeedLayout
from syndicate.settings.schema import Settings, SiteSettings
from syndicate.settings.web_address import is_web_root


def open_feed(settings: Settings) -> FolderSource:
    """Give the source for the mirror at ``settings.site.path``; ``SiteError`` when none was fetched yet."""
    root = settings.site.path.resolve()
    site = _site(root, read_about(root), settings.site)

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.feed.manuscripts import FeedManuscripts

        return FeedManuscripts(site=site)

    return FolderSource(site, FeedLayout(root=root), settings=settings.posts, opening=manuscripts)


def _site(root: Path, about: About, said: SiteSettings) -> Site:
    home = said.url or _home(about)
    return Site(
        kind="feed",
        root=root,
        url=home.rstrip("/"),
        title=said.title or about.title or urlsplit(about.address).hostname or root.name,
        description=said.description or about.description,
        language=said.language or about.language or "en",
        zone="UTC",
        author=said.author or about.author,
        rights=said.rights,
        collections=("posts",),
        fingerprint="",
    )


def _home(about: About) -> str:
    """Give the home that the feed names, where paths can be put behind it; else its server's."""
    if is_web_root(about.home):
        return about.home
    parts = urlsplit(about.address)
    return f"{parts.scheme}://{parts.netloc}"
