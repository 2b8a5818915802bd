"""By what readers know a post again."""

import re
from collections.abc import Iterator

from syndicate.feeds.linting.document import Document
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import Rule, rule
from syndicate.model.finding import Severity, Spot

_ATOM = frozenset({Kind.ATOM})
_RSS = frozenset({Kind.RSS})
_JSON = frozenset({Kind.JSON})
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
#: What tells one visit, one machine or one place from another, and so one post from itself.
_FLEETING = re.compile(
    r"[?&](?:utm_\w+|sessionid|session_id|phpsessid|jsessionid|sid)=|;jsessionid="
    r"|//(?:localhost|127\.0\.0\.1|\[::1\])",
    re.IGNORECASE,
)


@rule(
    "entry-id",
    Severity.ERROR,
    title="Every entry has an id",
    why="Readers tell a post from another by it, and without one show posts twice or not at all.",
    source="RFC 4287 §4.1.2; JSON Feed 1.1, Items: id",
    kinds=_ATOM | _JSON,
)
def entry_id(feed: Document) -> Iterator[Spot]:
    """Find entries without."""
    for entry in feed.entries:
        value = entry.node.get("id") if feed.kind is Kind.JSON else entry.id
        if value is None or value == "":
            yield Spot("it has no id", "give it one that never changes", entry.line, entry.part)


@rule(
    "json-id-type",
    Severity.ERROR,
    title="A JSON Feed's ids are texts",
    why="1 and 1.0 and “1” are different things to different readers.",
    source="JSON Feed 1.1, Items: id",
    kinds=_JSON,
)
def json_id_type(feed: Document) -> Iterator[Spot]:
    """Find numbers and worse."""
    for entry in feed.entries:
        value = entry.node.get("id")
        if value is not None and not isinstance(value, str):
            yield Spot(f"its id is {value!r}, and no text", f'write "{value}"', part=entry.part)


@rule(
    "rss-guid",
    Severity.WARNING,
    title="Every RSS item has a guid",
    why="Without one readers go by the link or the title, and show the post again when that changes.",
    source="RSS 2.0, guid; RSS Advisory Board, Best Practices: guid",
    kinds=_RSS,
)
def rss_guid(feed: Document) -> Iterator[Spot]:
    """Find items without."""
    for entry in feed.entries:
        if not entry.id:
            yield Spot("it has no <guid>", "give it one that never changes", entry.line, entry.part)


@rule(
    "guid-permalink",
    Severity.ERROR,
    title="A guid that isn't a web address says so",
    why='Readers open a guid as the post\'s address unless it says isPermaLink="false".',
    source="RSS 2.0, guid",
    kinds=_RSS,
)
def guid_permalink(feed: Document) -> Iterator[Spot]:
    """Find permanent links that are none."""
    for entry in feed.entries:
        guid = entry.node.find("guid")
        if guid is None or guid.get("isPermaLink", "true") != "true" or not entry.id:
            continue
        if not entry.id.startswith(("http://", "https://")):
            what = f"its guid {entry.id!r} counts as its address"
            yield Spot(what, 'write isPermaLink="false" in it', guid.sourceline, entry.part)


@rule(
    "relative-id",
    Severity.ERROR,
    title="An Atom entry's id is an absolute IRI",
    why="The same relative id means another post in another feed.",
    source="RFC 4287 §4.2.6",
    kinds=_ATOM,
)
def relative_id(feed: Document) -> Iterator[Spot]:
    """Find relative ones."""
    for entry in feed.entries:
        if entry.id and not _IRI.fullmatch(entry.id):
            what = f"its id {entry.id!r} is no absolute IRI"
            yield Spot(what, "write a whole address, or tag:…", entry.line, entry.part)


@rule(
    "duplicate-id",
    Severity.ERROR,
    title="No two entries share an id",
    why="Readers take the second for a new version of the first, and show one of them.",
    source="RFC 4287 §4.1.1; RSS 2.0, guid; JSON Feed 1.1, Items: id",
)
def duplicate_id(feed: Document) -> Iterator[Spot]:
    """Find the second and each further one."""
    seen: dict[str, str] = {}
    for entry in feed.entries:
        if entry.id and entry.id in seen:
            what = f"it has the id of {seen[entry.id]}, {entry.id}"
            yield Spot(what, "give each entry its own", entry.line, entry.part)
        elif entry.id:
            seen[entry.id] = entry.part


@rule(
    "unstable-id",
    Severity.WARNING,
    title="An id looks as if it would stay",
    why="An id with a session, a campaign or a test server in it changes, and every post comes again.",
    source="RFC 4287 §4.2.6: it must not change",
)
def unstable_id(feed: Document) -> Iterator[Spot]:
    """Find those with something fleeting in them, and mere small numbers that count the entries."""
    numbers = {str(number) for number in range(len(feed.entries) + 1)}
    counted = len(feed.entries) > 1 and all(entry.id in numbers for entry in feed.entries)
    for entry in feed.entries:
        if entry.id and (counted or _FLEETING.search(entry.id)):
            what = f"its id {entry.id!r} looks as if it would change"
            yield Spot(what, "use what never changes of a post", entry.line, entry.part)


RULES: tuple[Rule, ...] = (
    entry_id,
    json_id_type,
    rss_guid,
    guid_permalink,
    relative_id,
    duplicate_id,
    unstable_id,
)
