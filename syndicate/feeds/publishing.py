"""The feeds, their pages and the list of all of them, written under the web root."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate import templating
from syndicate.feeds import pages
from syndicate.feeds.composition import Composed, compose, formats_of
from syndicate.feeds.contents import Contents
from syndicate.feeds.feed import check_names, describe
from syndicate.feeds.opml import opml
from syndicate.feeds.selection import emptiness, selected
from syndicate.feeds.writing import Shelf
from syndicate.model.post import TrackedPost
from syndicate.posts.source import Source
from syndicate.settings.schema import FeedSettings, Settings

if TYPE_CHECKING:
    from jinja2 import Environment

Progress = Callable[[int, int], None]
Warn = Callable[[str], None]


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
    warnings = _warnings_ahead(settings)
    root = settings.outbox / "public"
    shelf = Shelf(root)
    environment = templating.environment(settings.templates)
    published, listed = [], []
    for composed in _composed(posts, source, settings, warnings.append):
        _put(composed, shelf, environment, zone=source.site.zone)
        listed.append(pages.listed(composed, zone=source.site.zone))
        published.append(_published(composed, root))
        progress(len(published), len(settings.feeds))
    overview = pages.Overview(feeds=listed, site=source.site)
    _put_overview(overview, shelf, environment)
    # Where the web root is the site's own, its home page isn't ours to write.
    if settings.publish.base_url != source.site.url:
        shelf.put(pages.HOME, pages.overview_page(overview, environment, folder=""))
    return Publication(
        written=tuple(shelf.written),
        unchanged=shelf.unchanged,
        warnings=tuple(warnings),
        feeds=tuple(published),
        overview=root / pages.OVERVIEW,
    )


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


def _put_overview(overview: pages.Overview, shelf: Shelf, environment: "Environment") -> None:
    for name in pages.STYLESHEETS:
        shelf.put(f"style/{name}", templating.rendered(environment, f"web/{name}", {}).encode())
    shelf.put(pages.OVERVIEW, pages.overview_page(overview, environment, folder="feeds"))
    shelf.put("feeds/feeds.opml", opml(overview.feeds, title=overview.site.title))


def _published(composed: Composed, root: Path) -> PublishedFeed:
    feed = composed.feed
    return PublishedFeed(
        name=feed.name, title=feed.title, entries=len(feed.entries), folder=root / "feeds" / feed.name
    )


def _warnings_ahead(settings: Settings) -> list[str]:
    warnings = []
    if not settings.publish.base_url:
        warnings.append(
            "publish.base_url: nobody knows where the feeds will be published, so they can't name their own "
            'address; set it to "https://…"'
        )
    warnings.extend(_left_behind(settings.outbox / "public" / "feeds", settings.feeds))
    return warnings


def _left_behind(folder: Path, feeds: tuple[FeedSettings, ...]) -> Iterator[str]:
    configured = {feed.name for feed in feeds}
    there = sorted(each.name for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    for name in there:
        if name not in configured:
            yield (
                f'{folder / name}: the feed "{name}" is no longer configured, and readers may still poll it; '
                "configure it again, or remove the folder"
            )
