"""The feeds, their pages and the list of all of them, written under the web root."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate import templating
from syndicate.feeds import links, pages
from syndicate.feeds.composition import Composed, compose, formats_of
from syndicate.feeds.contents import Contents
from syndicate.feeds.feed import check_names, describe
from syndicate.feeds.leftovers import leftovers
from syndicate.feeds.opml import opml
from syndicate.feeds.selection import emptiness, selected
from syndicate.feeds.writing import Shelf
from syndicate.model.post import TrackedPost
from syndicate.model.site import Site
from syndicate.posts.source import Source
from syndicate.settings.schema import Settings

if TYPE_CHECKING:
    from jinja2 import Environment

Progress = Callable[[int, int], None]
Warn = Callable[[str], None]

_OPML = "feeds/feeds.opml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFeed:
    """One feed as it now stands on the disk."""

    name: str
    title: str
    entries: int
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What publishing did."""

    #: Documents that are new or different; their compressed twins aren't counted.
    written: tuple[Path, ...]
    unchanged: int
    #: One line each: what an editor should see.
    warnings: tuple[str, ...]
    feeds: tuple[PublishedFeed, ...]
    #: The page that lists all feeds.
    overview: Path


def publish(
    posts: Sequence[TrackedPost], source: Source, settings: Settings, *, progress: Progress
) -> Publication:
    """Write every configured feed from the posts; a file that would hold the same bytes isn't touched.

    ``progress`` gets feeds done and in all. ``FeedError`` comes before anything is written; a post that can't
    be rendered costs only its own full text. One feed is in memory at a time.
    """
    _check(settings)
    root = settings.outbox / "public"
    warnings = [*_unaddressed(settings), *leftovers(root / "feeds", settings.feeds)]
    shelf, environment = Shelf(root), templating.environment(settings.templates)
    listed: list[pages.Listed] = []
    for composed in _composed(posts, source, settings, warnings.append):
        _put(composed, shelf, environment, zone=source.site.zone)
        listed.append(pages.listed(composed, zone=source.site.zone))
        progress(len(listed), len(settings.feeds))
    _put_overview(pages.Overview(feeds=listed, site=source.site), shelf, environment, settings)
    return Publication(
        written=tuple(shelf.written),
        unchanged=shelf.unchanged,
        warnings=tuple(warnings),
        feeds=tuple(_published(each, root) for each in listed),
        overview=root / pages.OVERVIEW,
    )


def is_published(settings: Settings, site: Site) -> bool:
    """Give whether every document that ``publish`` would write is there, whatever it holds."""
    root = settings.outbox / "public"
    return all((root / name).is_file() for name in _names(settings, site))


def _names(settings: Settings, site: Site) -> Iterator[str]:
    """Give the documents' places below the web root."""
    for feed in settings.feeds:
        for name in (*(each.filename for each in formats_of(feed)), "index.html"):
            yield f"feeds/{feed.name}/{name}"
    yield from (f"style/{name}" for name in pages.STYLESHEETS)
    yield from (pages.OVERVIEW, _OPML)
    if _has_own_home(settings, site):
        yield pages.HOME


def _check(settings: Settings) -> None:
    check_names(settings.feeds)
    for feed in settings.feeds:
        formats_of(feed)


def _composed(
    posts: Sequence[TrackedPost], source: Source, settings: Settings, warn: Warn
) -> Iterator[Composed]:
    plans = [(feed, selected(posts, feed)) for feed in settings.feeds]
    contents = Contents(source.content_html, warn)
    for _, chosen in plans:
        contents.announce(chosen)
    for feed, chosen in plans:
        if not chosen:
            warn(f'feeds: "{feed.name}" is empty: {emptiness(posts, feed)}')
        blank = describe(feed, publish=settings.publish, site=source.site)
        yield compose(chosen, contents, settings=feed, feed=blank, warn=warn)
        contents.release(chosen)


def _put(composed: Composed, shelf: Shelf, environment: "Environment", *, zone: str) -> None:
    folder = f"feeds/{composed.feed.name}"
    for filename, document in composed.documents.items():
        shelf.put(f"{folder}/{filename}", document)
    shelf.put(f"{folder}/index.html", pages.feed_page(composed, environment, zone=zone))


def _put_overview(
    overview: pages.Overview, shelf: Shelf, environment: "Environment", settings: Settings
) -> None:
    for name in pages.STYLESHEETS:
        shelf.put(f"style/{name}", templating.rendered(environment, f"web/{name}", {}).encode())
    shelf.put(pages.OVERVIEW, pages.overview_page(overview, environment, folder="feeds"))
    shelf.put(_OPML, opml(overview.feeds, title=overview.site.title))
    if _has_own_home(settings, overview.site):
        shelf.put(pages.HOME, pages.overview_page(overview, environment, folder=""))


def _has_own_home(settings: Settings, site: Site) -> bool:
    # Where the web root is the site's own, its home page isn't ours to write.
    return links.web_url(settings.publish.base_url) != links.web_url(site.url)


def _published(listed: pages.Listed, root: Path) -> PublishedFeed:
    folder = root / "feeds" / listed.name
    return PublishedFeed(name=listed.name, title=listed.title, entries=listed.entries, folder=folder)


def _unaddressed(settings: Settings) -> Iterator[str]:
    if not settings.publish.base_url:
        yield (
            "publish.base_url: nobody knows where the feeds will be published, so they can't name their own "
            'address; set it to "https://…"'
        )
