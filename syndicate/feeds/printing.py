"""One feed as it goes to the shelf: its documents, and the page for people beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from syndicate.feeds import pages
from syndicate.feeds.composition import compose
from syndicate.feeds.press import Press
from syndicate.feeds.standing import Plan

PAGE = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is to lie in a feed's folder."""

    entries: int
    #: By file name.
    documents: Mapping[str, bytes]
    #: Their gzip and brotli by file name, as far as they are made yet.
    twins: Mapping[str, bytes] = field(default_factory=dict)
    #: Whether nothing in it is amiss.
    whole: bool


def print_feed(plan: Plan, press: Press) -> Printed:
    """Compose a feed and its page; what is amiss in it is among the press's warnings."""
    warned = len(press.warnings)
    composed = compose(
        plan.posts, press.contents, settings=plan.settings, feed=plan.feed, warn=press.warnings.append
    )
    press.contents.release(plan.posts)
    words = press.words[composed.feed.language]
    page = pages.feed_page(composed, press.environment, zone=press.site.zone, words=words)
    return Printed(
        entries=len(composed.feed.entries),
        documents={**composed.documents, PAGE: page},
        whole=len(press.warnings) == warned,
    )
