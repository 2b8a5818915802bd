"""The Jekyll source: a site read as Jekyll and jekyll-feed read it."""

from datetime import UTC, datetime
from pathlib import Path

from syndicate.model.site import Site
from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.sites import site_of
from syndicate.posts.sources.jekyll import scanning
from syndicate.posts.sources.jekyll.config import JekyllConfig, read_config
from syndicate.posts.sources.jekyll.layout import JekyllLayout
from syndicate.settings.schema import Settings, SiteSettings


def open_jekyll(settings: Settings) -> FolderSource:
    """Give the source for the site at ``settings.site.path``; ``SiteError`` when its config can't be read."""
    home = settings.site.path.resolve()
    config = read_config(home)
    root = home / config.source
    site = _site(root, config, settings.site)

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.jekyll.manuscripts import JekyllManuscripts

        return JekyllManuscripts(
            config=config, site=site, excerpt_rule=settings.posts.excerpt, opened_at=datetime.now(UTC)
        )

    layout = JekyllLayout(root=root, config=config)
    return FolderSource(site, layout, settings=settings.posts, opening=manuscripts)


def _site(root: Path, config: JekyllConfig, said: SiteSettings) -> Site:
    home = config.url + config.baseurl if config.url else ""
    return site_of(
        "jekyll",
        said,
        url=home,
        title=config.title,
        description=config.description,
        language=config.language,
        zone=config.zone.key,
        author=config.author,
        collections=tuple(
            name for name in config.collections if name != "posts" or scanning.has_posts(root, config)
        ),
        collection_titles=config.collection_titles,
        fingerprint=config.fingerprint,
    )
