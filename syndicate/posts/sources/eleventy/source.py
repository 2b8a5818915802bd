"""The Eleventy source: a site read as Eleventy reads it, as far as it can be told without running it."""

from pathlib import PurePosixPath

from syndicate.posts import fingerprint
from syndicate.posts.facts import words
from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.sites import site_of
from syndicate.posts.sources.eleventy.config import read_config
from syndicate.posts.sources.eleventy.data import Cascade, read_cascade, title_of
from syndicate.posts.sources.eleventy.layout import EleventyLayout
from syndicate.settings.schema import Settings


def open_eleventy(settings: Settings) -> FolderSource:
    """Give the source for the site at ``settings.site.path``; ``SiteError`` when its data can't be read."""
    said = settings.site
    root = said.path.resolve()
    config = read_config(root)
    layout = EleventyLayout(root=root, config=config, folders=tuple(name.strip("/") for name in said.posts))
    cascade = read_cascade(root, config, layout.data_files())
    facts = title_of(cascade.site)
    site = site_of(
        "eleventy",
        said,
        url=facts["url"],
        title=facts["title"],
        description=facts["description"],
        language=facts["language"],
        author=facts["author"],
        collections=_collections(layout, cascade),
        fingerprint=fingerprint.of_parts((cascade.fingerprint, said.posts, said.permalink)),
    )

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.eleventy.manuscripts import EleventyManuscripts

        return EleventyManuscripts(site=site, layout=layout, cascade=cascade, permalink=said.permalink)

    return FolderSource(site, layout, settings=settings.posts, opening=manuscripts)


def _collections(layout: EleventyLayout, cascade: Cascade) -> tuple[str, ...]:
    """Give the folders that were chosen, else the first tag of each folder's data file, else "posts"."""
    if layout.folders:
        return tuple(dict.fromkeys(PurePosixPath(each).name for each in layout.folders))
    tags = [
        words(data.get("tags"), separator=",") for path, data in cascade.local.items() if path.endswith("/")
    ]
    found = dict.fromkeys(each[0] for each in tags if each)
    return tuple(sorted(found, key=lambda name: (name != "posts", name))) or ("posts",)
