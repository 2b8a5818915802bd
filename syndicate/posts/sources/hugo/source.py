"""The Hugo source: a site read as Hugo reads it."""

from collections.abc import Iterator
from pathlib import Path

from syndicate.model.site import Site
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.folder import FolderSource, Manuscripts
from syndicate.posts.sources.hugo import scanning
from syndicate.posts.sources.hugo.config import HugoConfig, read_config
from syndicate.posts.sources.hugo.layout import HugoLayout
from syndicate.posts.sources.hugo.places import NO_SECTION
from syndicate.posts.sources.hugo.sections import Sections, read_sections
from syndicate.settings.schema import Settings, SiteSettings


def open_hugo(settings: Settings) -> FolderSource:
    """Give the source for the site at ``settings.site.path``; ``SiteError`` when its config can't be read."""
    root = settings.site.path.resolve()
    config = read_config(root)
    sections = read_sections(root, config)
    layout = HugoLayout(root=root, config=config)
    site = _site(root, config, sections, settings.site)

    def manuscripts() -> Manuscripts:
        from syndicate.posts.sources.hugo.manuscripts import HugoManuscripts

        return HugoManuscripts(
            config=config, sections=sections, site=site, excerpt_rule=settings.posts.excerpt
        )

    return FolderSource(site, layout, settings=settings.posts, opening=manuscripts)


def _site(root: Path, config: HugoConfig, sections: Sections, said: SiteSettings) -> Site:
    main = config.default
    collections = tuple(_collections(root, config))
    titles = {name: sections.known.get((main.key, name)) for name in collections}
    return Site(
        kind="hugo",
        root=root,
        url=(said.url or main.home).rstrip("/"),
        title=said.title or main.title or root.name,
        description=said.description or main.description,
        language=said.language or main.code or "en",
        zone=main.zone.key,
        author=said.author or main.author,
        rights=said.rights or main.rights,
        collections=collections,
        collection_titles={
            name: section.title for name, section in titles.items() if section and section.title
        },
        fingerprint=of_parts((config.fingerprint, sections.fingerprint)),
    )


def _collections(root: Path, config: HugoConfig) -> Iterator[str]:
    """Give the sections that hold pages: "posts" first, then the site's main ones, then by name."""
    found = scanning.collections(root, config)
    order = ("posts", *config.default.main_sections)
    yield from (name for name in dict.fromkeys(order) if name in found)
    yield from sorted(found - set(order) - {NO_SECTION})
    yield from (name for name in (NO_SECTION,) if name in found)
