"""Feeds that are printed before their posts are written down, so that nobody waits for either."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice

from syndicate.errors import SyndicateError
from syndicate.feeds import pages
from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.planning import plan_of
from syndicate.feeds.press import press_for
from syndicate.feeds.printing import Printed, print_feed
from syndicate.feeds.standing import Standing, made_of
from syndicate.feeds.writing import compressed
from syndicate.model.post import TrackedPost
from syndicate.posts.source import Source
from syndicate.settings.schema import FeedSettings, Settings

#: What a feed is remembered under (``workshop.Prints``), and the feed.
Ready = tuple[str, Printed]

#: Feeds that are held in memory until they are written, and how large their documents may be (bytes).
_MOST, _LARGEST_BYTES = 8, 4_000_000

_ANY_DAY = date(2000, 1, 1)


def first_of(feeds: Sequence[FeedSettings]) -> list[FeedSettings]:
    """Give the feeds to print ahead: few, none of them huge, none that asks for more than its posts."""
    plain = (each for each in feeds if not (each.each or each.archives))
    return list(islice((each for each in plain if each.max_bytes <= _LARGEST_BYTES), _MOST))


def printing(
    posts: Sequence[TrackedPost], source: Source, settings: Settings, standing: Standing
) -> Callable[[FeedSettings], Ready | None]:
    """Give what prints one of the feeds; ``None`` comes of it where that must wait, or where it is amiss."""

    @cache
    def catalogue() -> Catalogue:  # made where it is needed, in another process
        return Catalogue(posts)

    def ready(feed: FeedSettings) -> Ready | None:
        try:
            plan = plan_of(feed, catalogue(), source.site, settings, standing)
            if not all(each.post.self_contained for each in plan.posts):
                return None
            printed = print_feed(plan, press_for([plan], source, settings, standing))
        except SyndicateError:  # publishing says so, when it comes to it
            return None
        made = replace(printed, twins=compressed(printed.documents))
        return (made_of(plan, standing.under), made) if printed.whole else None

    return ready


def rehearse(source: Source, settings: Settings, standing: Standing) -> None:
    """Print an empty feed and the list of it to no end but that the libraries and templates are loaded."""
    with suppress(SyndicateError):  # publishing says so, when it comes to it
        plan = plan_of(settings.feeds[0], Catalogue(()), source.site, settings, standing)
        press = press_for([plan], source, settings, standing)
        words = press.words[plan.feed.language]
        words.day(_ANY_DAY)
        compressed(print_feed(plan, press).documents)
        overview = pages.Overview(feeds=(), site=source.site)
        pages.overview_page(overview, press.environment, folder="", words=words)
