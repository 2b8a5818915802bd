"""The Pelican source: a site read as Pelican reads it, without running its settings."""

from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.sites import site_of
from syndicate.posts.sources.pelican.config import read_config
from syndicate.posts.sources.pelican.layout import PelicanLayout
from syndicate.settings.schema import Settings


def open_pelican(settings: Settings) -> FolderSource:
    """Give the source for the site at ``settings.site.path``; ``SiteError`` when it can't be read."""
    root = settings.site.path.resolve()
    config = read_config(root)
    layout = PelicanLayout(root=root, config=config)
    site = site_of(
        "pelican",
        settings.site,
        url=config.siteurl,
        title=config.sitename,
        description=config.sitesubtitle,
        language=config.default_lang,
        author=config.author,
        zone=config.timezone.key,
        collections=("posts",),
        fingerprint=config.fingerprint,
    )

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.pelican.manuscripts import PelicanManuscripts

        return PelicanManuscripts(config=config, site=site, layout=layout)

    return FolderSource(site, layout, settings=settings.posts, opening=manuscripts)
