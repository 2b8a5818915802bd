"""The Zola source: a site read as Zola reads it."""

from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.sites import site_of
from syndicate.posts.sources.zola.config import read_config
from syndicate.posts.sources.zola.layout import ZolaLayout
from syndicate.posts.sources.zola.sections import fingerprint, read_sections
from syndicate.settings.schema import Settings


def open_zola(settings: Settings) -> FolderSource:
    """Give the source for the site at ``settings.site.path``; ``SiteError`` when its config can't be read."""
    root = settings.site.path.resolve()
    config = read_config(root)
    layout = ZolaLayout(root=root, config=config)
    sections = read_sections(layout)
    site = site_of(
        "zola",
        settings.site,
        url=config.base_url,
        title=config.title,
        description=config.description,
        language=config.default_language,
        author=config.author,
        collections=layout.collections(),
        fingerprint=fingerprint(sections, config.fingerprint),
    )

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.zola.manuscripts import ZolaManuscripts

        return ZolaManuscripts(config=config, site=site, layout=layout, sections=sections)

    return FolderSource(site, layout, settings=settings.posts, opening=manuscripts)
