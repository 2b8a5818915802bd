"""When things were, and that they were."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from syndicate.feeds.linting.document import Date, Document
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import Rule, rule
from syndicate.model.finding import Severity, Spot

_ATOM = frozenset({Kind.ATOM})
#: A clock may be a little fast.
_LENIENCE = timedelta(minutes=10)


@rule(
    "entry-updated",
    Severity.ERROR,
    title="Every Atom entry says when it last changed",
    why="The element is required; readers sort by it.",
    source="RFC 4287 §4.1.2",
    kinds=_ATOM,
)
def entry_updated(feed: Document) -> Iterator[Spot]:
    """Find entries without."""
    for entry in feed.entries:
        if entry.updated is None:
            yield Spot("it has no <updated>", "write when it last changed", entry.line, entry.part)


@rule(
    "entry-date",
    Severity.HINT,
    title="Every entry says when it was published",
    why="Readers use the time at which they first saw it, and the order of posts is lost.",
    source="RSS 2.0, pubDate; JSON Feed 1.1, date_published",
    kinds=frozenset({Kind.RSS, Kind.JSON}),
)
def entry_date(feed: Document) -> Iterator[Spot]:
    """Find entries without."""
    for entry in feed.entries:
        if entry.published is None:
            yield Spot("it has no date", "write when it was published", entry.line, entry.part)


@rule(
    "date",
    Severity.ERROR,
    title="Every date is one that the format allows",
    why="Readers drop what they can't read, or take it for now.",
    source="RFC 4287 §3.3 (RFC 3339); RSS 2.0, pubDate (RFC 822); JSON Feed 1.1, date_published",
)
def date(feed: Document) -> Iterator[Spot]:
    """Find the others."""
    good = "Sat, 07 Nov 2026 09:30:00 GMT" if feed.kind is Kind.RSS else "2026-11-07T09:30:00Z"
    for part, each in _dates(feed):
        if each.instant is None:
            yield Spot(f"{each.name} is {each.text!r}, and no date", f"write it as {good}", each.line, part)


@rule(
    "future-date",
    Severity.WARNING,
    title="No date lies ahead",
    why="The post stays on top of every list until then, or is hidden.",
    source="W3C, Feed validation: implausible date",
)
def future_date(feed: Document) -> Iterator[Spot]:
    """Find dates after now."""
    for part, each in _dates(feed):
        if each.instant is not None and each.instant > feed.now + _LENIENCE:
            remedy = "publish it when it is due, or correct the zone"
            yield Spot(f"{each.name} lies ahead: {each.text}", remedy, each.line, part)


@rule(
    "updated-before-published",
    Severity.HINT,
    title="Nothing changed before it was published",
    why="Readers sort by either, and the post stands where nobody expects it.",
    source="RFC 4287 §4.2.9, §4.2.15; JSON Feed 1.1, date_modified",
)
def updated_before_published(feed: Document) -> Iterator[Spot]:
    """Find entries that did, by more than the second that a date may leave out."""
    for entry in feed.entries:
        first, last = entry.published, entry.updated
        if first and last and first.instant and last.instant and first.instant - last.instant > _LENIENCE:
            what = f"it was updated {last.text}, before it was published {first.text}"
            yield Spot(what, "let updated be published at least", last.line, entry.part)


@rule(
    "duplicate-updated",
    Severity.WARNING,
    title="No two entries changed in the same instant",
    why="Readers that sort by it show them in any order, another one each time.",
    source="W3C, Feed validation: DuplicateUpdated",
    kinds=_ATOM,
)
def duplicate_updated(feed: Document) -> Iterator[Spot]:
    """Find the second and each further one."""
    seen: Counter[object] = Counter()
    for entry in feed.entries:
        instant = entry.updated.instant if entry.updated else None
        seen[instant] += 1
        if instant is not None and entry.updated and seen[instant] > 1:
            what = f"another entry has the same <updated>, {entry.updated.text}"
            yield Spot(what, "let them differ by a fraction of a second", entry.updated.line, entry.part)


def _dates(feed: Document) -> Iterator[tuple[str, Date]]:
    yield from (("", each) for each in feed.dates)
    for entry in feed.entries:
        yield from ((entry.part, each) for each in (entry.published, entry.updated) if each is not None)


RULES: tuple[Rule, ...] = (
    entry_updated,
    entry_date,
    date,
    future_date,
    updated_before_published,
    duplicate_updated,
)
