"""The source for a plain folder of Markdown files."""

from pathlib import Path

from syndicate.posts import fingerprint
from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.sites import site_of
from syndicate.posts.sources.plain.layout import PlainLayout
from syndicate.settings.schema import Settings


def looks_plain(root: Path) -> bool:
    """Say whether the folder holds any Markdown file that would be a post."""
    return any(PlainLayout(root=root).candidates())


def open_plain(settings: Settings) -> FolderSource:
    """Give the source for the folder at ``settings.site.path``."""
    said = settings.site
    layout = PlainLayout(root=said.path.resolve(), folders=tuple(name.strip("/") for name in said.posts))
    site = site_of(
        "plain",
        said,
        collections=layout.collections(),
        fingerprint=fingerprint.of_parts((said.posts, said.permalink)),
    )

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.plain.manuscripts import PlainManuscripts

        return PlainManuscripts(site=site, layout=layout, permalink=said.permalink)

    return FolderSource(site, layout, settings=settings.posts, opening=manuscripts)
