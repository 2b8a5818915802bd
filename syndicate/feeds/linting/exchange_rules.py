"""How a feed comes over the network: what it costs to poll it, and whether readers know what they get."""

from collections.abc import Iterator

from syndicate.feeds.linting.document import Document
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import XML, Rule, rule
from syndicate.model.finding import Severity, Spot
from syndicate.settings.web_address import same_address

_TYPES = {
    Kind.ATOM: ("application/atom+xml",),
    Kind.RSS: ("application/rss+xml",),
    Kind.JSON: ("application/feed+json", "application/json"),
}
_UNCHANGED = 304
#: Below it, a header costs as much as compressing saves.
_WORTH_PACKING_BYTES = 1_400


@rule(
    "http-content-type",
    Severity.WARNING,
    title="It is served with its own media type",
    why="Browsers offer it for download or show its source, and readers that go by the type refuse it.",
    source="RFC 4287 §7; RSS Advisory Board, Best Practices; JSON Feed 1.1, Suggestions for publishers",
)
def content_type(feed: Document) -> Iterator[Spot]:
    """Find another type."""
    said = _header(feed, "content-type").partition(";")[0].strip().lower()
    if feed.exchange and feed.kind and said not in _TYPES[feed.kind]:
        what = f"it is served as {said or 'nothing'!r}"
        yield Spot(what, f"let the server say {_TYPES[feed.kind][0]}")


@rule(
    "http-charset",
    Severity.WARNING,
    title="XML is served with its encoding",
    why="Without it some readers take us-ascii or latin-1 (text/xml), and letters are broken.",
    source="RFC 7303 §3, §8.1",
    kinds=XML,
)
def charset(feed: Document) -> Iterator[Spot]:
    """Find a type without a charset."""
    if feed.exchange and "charset=" not in _header(feed, "content-type").lower():
        yield Spot("the server doesn't say in which encoding it is", "let it add “; charset=utf-8”")


@rule(
    "http-validators",
    Severity.WARNING,
    title="The server says by what to know a change",
    why="Every poll fetches the whole feed, also when nothing changed.",
    source="RFC 9110 §8.8",
)
def validators(feed: Document) -> Iterator[Spot]:
    """Find an answer with neither tag nor date."""
    if feed.exchange and not (_header(feed, "etag") or _header(feed, "last-modified")):
        yield Spot("it has neither ETag nor Last-Modified", "let the server send both")


@rule(
    "http-not-modified",
    Severity.WARNING,
    title="A second poll costs nothing",
    why="A thousand hourly readers of half a megabyte cost twelve gigabytes a day, or seven megabytes.",
    source="RFC 9110 §13, §15.4.5",
)
def not_modified(feed: Document) -> Iterator[Spot]:
    """Find a server that sends it all again."""
    if not feed.exchange or not (_header(feed, "etag") or _header(feed, "last-modified")):
        return
    if feed.exchange.second_status != _UNCHANGED:
        what = f"asked again with its own validators, the server answered {feed.exchange.second_status}"
        yield Spot(what, "let it answer 304; a page made anew for each visit can't")


@rule(
    "http-cache-control",
    Severity.HINT,
    title="The server says how long an answer holds",
    why="Polite readers come as often as it says, and every few minutes when it says nothing.",
    source="RFC 9111 §5.2.2.1; Rachel Kroll, Feed readers: conditional requests and polling",
)
def cache_control(feed: Document) -> Iterator[Spot]:
    """Find an answer without."""
    if feed.exchange and "max-age" not in _header(feed, "cache-control") and not _header(feed, "expires"):
        yield Spot("it has no Cache-Control: max-age", "let the server send max-age=900, or what suits you")


@rule(
    "http-compression",
    Severity.WARNING,
    title="It is sent compressed to whoever takes that",
    why="It is a third of the size.",
    source="RFC 9110 §8.4, §12.5.3",
)
def compression(feed: Document) -> Iterator[Spot]:
    """Find a feed of some size that came as it is."""
    if not feed.exchange or len(feed.content) < _WORTH_PACKING_BYTES:
        return
    if not _header(feed, "content-encoding"):
        yield Spot(f"its {len(feed.content):,} bytes come uncompressed", "let the server use gzip or brotli")


@rule(
    "http-vary",
    Severity.HINT,
    title="A compressed answer says that it varies",
    why="A cache on the way gives gzip to who can't read it.",
    source="RFC 9110 §12.5.5",
)
def vary(feed: Document) -> Iterator[Spot]:
    """Find a compressed answer without."""
    packed = _header(feed, "content-encoding")
    varies = {each.strip() for each in _header(feed, "vary").lower().split(",")}
    if packed and varies.isdisjoint({"accept-encoding", "*"}):
        yield Spot(f"it comes in {packed}, without Vary: Accept-Encoding", "let the server send it")


@rule(
    "http-moved",
    Severity.WARNING,
    title="Readers are told the address it is at",
    why="A redirect costs every poll another question; one that is for a while is followed for ever.",
    source="RFC 9110 §15.4",
)
def moved(feed: Document) -> Iterator[Spot]:
    """Find an address that leads to another."""
    exchange = feed.exchange
    if exchange is None or same_address(exchange.answered_by, exchange.address):
        return
    if exchange.moved_to:
        yield Spot(f"it has moved to {exchange.moved_to}", "give people that address")
    else:
        what = f"{exchange.answered_by} answers, for a while only (302 or 307)"
        yield Spot(what, "redirect for good (301), or don't")


@rule(
    "http-cookie",
    Severity.HINT,
    title="No cookie comes with it",
    why="Caches don't keep such an answer, and nobody needs to be known to read a feed.",
    source="RFC 9111 §7.3; RFC 6265 §8",
)
def cookie(feed: Document) -> Iterator[Spot]:
    """Find one."""
    if _header(feed, "set-cookie"):
        yield Spot("the server sets a cookie", "let it not")


@rule(
    "http-cors",
    Severity.HINT,
    title="Readers that run in a browser may read it",
    why="They can't, without a server of their own between.",
    source="Fetch Standard, CORS protocol; JSON Feed 1.1, Suggestions for publishers",
)
def cors(feed: Document) -> Iterator[Spot]:
    """Find an answer that doesn't say so."""
    if feed.exchange and not _header(feed, "access-control-allow-origin"):
        yield Spot("it has no Access-Control-Allow-Origin", "let the server send *")


def _header(feed: Document, name: str) -> str:
    return feed.exchange.headers.get(name, "") if feed.exchange else ""


RULES: tuple[Rule, ...] = (
    content_type,
    charset,
    validators,
    not_modified,
    cache_control,
    compression,
    vary,
    moved,
    cookie,
    cors,
)
