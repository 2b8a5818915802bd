"""What each feed will be made of, before any of it is composed."""

from dataclasses import replace

from syndicate.feeds.archive import Archive, archive
from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.composition import formats_of
from syndicate.feeds.feed import describe
from syndicate.feeds.printing import PAGE
from syndicate.feeds.standing import Archived, Plan, Standing
from syndicate.model.site import Site
from syndicate.settings.schema import FeedSettings, Settings


def plan_of(
    feed: FeedSettings, catalogue: Catalogue, site: Site, settings: Settings, standing: Standing
) -> Plan:
    """Give the plan of one feed, and of its archive where it has one."""
    folder = settings.outbox / "public" / "feeds" / feed.name
    names = (*(each.filename for each in formats_of(feed)), PAGE)
    described = describe(feed, publish=settings.publish, site=site)
    kept = _archive(feed, catalogue, standing) if described.folder_url else Archive()
    return Plan(
        feed=replace(described, place=kept.place),
        settings=feed,
        posts=tuple(catalogue.selected(feed)),
        documents=tuple(folder / name for name in names),
        archive=kept,
    )


def _archive(feed: FeedSettings, catalogue: Catalogue, standing: Standing) -> Archive:
    left = standing.archives.get(feed.name, Archived())
    return archive(catalogue.archived(feed), known=left.beginnings)
