"""The feeds, their pages and the list of all of them, written under the web root."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from syndicate import templating
from syndicate.feeds import links, pages
from syndicate.feeds.archiving import put_archive
from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.composition import credited, formats_of
from syndicate.feeds.entry import excerpt_entry
from syndicate.feeds.feed import check_names
from syndicate.feeds.leftovers import leftovers
from syndicate.feeds.opml import opml
from syndicate.feeds.planning import plan_of
from syndicate.feeds.press import Press, press_for, site_language
from syndicate.feeds.printing import print_feed
from syndicate.feeds.selection import emptiness
from syndicate.feeds.standing import Archived, Plan, Standing, Stood, made_of, mark, stands
from syndicate.feeds.writing import Shelf
from syndicate.model.post import TrackedPost
from syndicate.model.site import Site
from syndicate.posts.source import Source
from syndicate.settings.schema import Settings
from syndicate.templating.phrases import Phrases

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
    #: Every document that now stands, changed or not.
    documents: tuple[Path, ...]
    #: By name, how each feed was left, for the next time; without those in which something is amiss.
    stood: Mapping[str, Stood]
    #: Documents of archives that are new or different; the others aren't even looked at.
    archived: tuple[Path, ...]
    #: By the feed's name, how each archive was left, for the next time.
    archives: Mapping[str, Archived]


def publish(
    posts: Sequence[TrackedPost],
    source: Source,
    settings: Settings,
    *,
    progress: Progress,
    standing: Standing | None = None,
) -> Publication:
    """Write every configured feed from the posts; a file that would hold the same bytes isn't touched.

    A feed that stands as it would be written again isn't even composed. ``progress`` gets feeds done and in
    all. ``FeedError`` comes before anything is written; a post that can't be rendered costs only its own full
    text. What is written in one round is in memory (8 MB), and the feed that is composed meanwhile.
    """
    _check(settings)
    root, standing = settings.outbox / "public", standing or Standing()
    catalogue = Catalogue(posts)
    plans = [plan_of(feed, catalogue, source.site, settings, standing) for feed in settings.feeds]
    warnings = [*_unaddressed(settings), *leftovers(root / "feeds", settings.feeds), *_empty(plans, posts)]
    press = press_for(plans, source, settings, standing, warnings=warnings)
    return _printed(press, plans, progress)


def _printed(press: Press, plans: Sequence[Plan], progress: Progress) -> Publication:
    stood = {plan.feed.name: found for plan in plans if (found := stands(plan, press.standing))}
    for plan in plans:
        if plan.feed.name not in stood:
            press.contents.announce(plan.posts)
    archives: dict[str, Archived] = {}
    listed: list[pages.Listed] = []
    words = press.words[site_language(press.site)]
    try:
        for plan in plans:
            if plan.settings.archives and plan.feed.folder_url:  # before the feed, which leads there
                archives[plan.feed.name] = put_archive(plan, press)
            left = stood.get(plan.feed.name)
            entries = _left(plan, left, press.shelf) if left else _written(plan, press, stood)
            listed.append(_listed(plan, entries, zone=press.site.zone, words=words))
            progress(len(listed), len(plans))
        _put_overview(pages.Overview(feeds=listed, site=press.site), press)
    finally:
        press.shelf.settle()
    return _publication(press, listed, stood=stood, archives=archives)


def _publication(
    press: Press,
    listed: Sequence[pages.Listed],
    *,
    stood: Mapping[str, Stood],
    archives: Mapping[str, Archived],
) -> Publication:
    root = press.settings.outbox / "public"
    return Publication(
        written=tuple(press.shelf.written),
        unchanged=len(press.shelf.documents) - len(press.shelf.written),
        warnings=tuple(dict.fromkeys(press.warnings)),
        feeds=tuple(_published(each, root) for each in listed),
        overview=root / pages.OVERVIEW,
        documents=tuple(press.shelf.documents),
        stood=stood,
        archived=tuple(press.stacks.written),
        archives=archives,
    )


def _left(plan: Plan, stood: Stood, shelf: Shelf) -> int:
    """Leave a feed as it stands; give its entries."""
    shelf.documents += plan.documents
    return stood.entries


def _written(plan: Plan, press: Press, stood: dict[str, Stood]) -> int:
    """Write a feed; give its entries, and note how it was left where nothing in it is amiss."""
    prints = press.standing.workshop.prints
    printed = prints.taken(partial(made_of, plan, press.standing.under)) or print_feed(plan, press)

    def note() -> None:
        left = mark(plan, press.standing)
        if left and printed.whole:
            stood[plan.feed.name] = Stood(mark=left, entries=printed.entries)

    press.shelf.put_all(f"feeds/{plan.feed.name}", printed.documents, compressed=printed.twins, then=note)
    return printed.entries


def _check(settings: Settings) -> None:
    check_names(settings.feeds)
    for feed in settings.feeds:
        formats_of(feed)


def _empty(plans: Sequence[Plan], posts: Sequence[TrackedPost]) -> Iterator[str]:
    for plan in plans:
        if not plan.posts:
            yield f'feeds: "{plan.feed.name}" is empty: {emptiness(posts, plan.settings)}'


def _listed(plan: Plan, entries: int, *, zone: str, words: Phrases) -> pages.Listed:
    latest = credited(excerpt_entry(plan.posts[0]), plan.feed.author) if entries else None
    return pages.listed(
        plan.feed, formats_of(plan.settings), entries=entries, latest=latest, zone=zone, words=words
    )


def _put_overview(overview: pages.Overview, press: Press) -> None:
    shelf, environment = press.shelf, press.environment
    for name in pages.STYLESHEETS:
        shelf.put(f"style/{name}", templating.rendered(environment, f"web/{name}", {}).encode())
    overview_page = partial(
        pages.overview_page, overview, environment, words=press.words[site_language(press.site)]
    )
    shelf.put(pages.OVERVIEW, overview_page(folder="feeds"))
    shelf.put(_OPML, opml(overview.feeds, title=overview.site.title))
    if _has_own_home(press.settings, overview.site):
        shelf.put(pages.HOME, overview_page(folder=""))


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
        names = ", ".join(f'"{feed.name}"' for feed in settings.feeds if feed.archives)
        if names:
            yield f"feeds: no archive of {names} is written; its links need publish.base_url, set it"
