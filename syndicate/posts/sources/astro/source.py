"""The Astro source: content collections read as Astro reads them."""

from syndicate.posts import fingerprint
from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.sites import site_of
from syndicate.posts.sources.astro.config import chosen, read_config
from syndicate.posts.sources.astro.layout import AstroLayout
from syndicate.settings.schema import Settings


def open_astro(settings: Settings) -> FolderSource:
    """Give the source for the site at ``settings.site.path``; ``SiteError`` when it can't be read."""
    said = settings.site
    root = said.path.resolve()
    config = read_config(root)
    folders = tuple(chosen(name.strip("/")) for name in said.posts)
    layout = AstroLayout(root=root, collections=folders or config.collections)
    site = site_of(
        "astro",
        said,
        url=config.url,
        title=config.title,
        description=config.description,
        language=config.language,
        collections=tuple(dict.fromkeys(each.name for each in layout.collections)),
        fingerprint=fingerprint.of_parts((config.fingerprint, said.posts, said.permalink)),
    )

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.astro.manuscripts import AstroManuscripts

        return AstroManuscripts(site=site, layout=layout, said=said, trailing_slash=config.trailing_slash)

    return FolderSource(site, layout, settings=settings.posts, opening=manuscripts)
