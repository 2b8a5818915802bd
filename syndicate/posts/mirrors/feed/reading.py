"""Bytes from the web become a feed, whichever of the three formats they are. No network, no files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from syndicate.errors import SiteError
from syndicate.fetching import Response, shown
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.mirrors.feed.discovery import feeds_named, is_page
from syndicate.posts.mirrors.feed.document import Document, Entry
from syndicate.posts.plain import text_of

_TITLE_WORDS = 10
#: feedparser needs a second for some ten thousand; no feed of prose has as many.
_MOST_TAGS = 500_000


def read_feed(answer: Response) -> Document:
    """Give the feed that a server sent; ``SiteError`` for what is none."""
    where = shown(answer.url)
    if is_page(answer):
        named = feeds_named(answer)
        remedy = f'set site.feed = "{named[0].url}"' if named else "give the address of its feed"
        raise SiteError(f"{where}: is a web page, not a feed; {remedy}")
    if answer.content.count(b"<") > _MOST_TAGS:
        raise SiteError(f"{where}: has more than {_MOST_TAGS:,} tags; let the feed show fewer entries")
    document = _document(answer)
    if document is None:
        raise SiteError(
            f"{where}: is no feed that can be read (RSS, Atom, JSON Feed); look at it in a browser"
        )
    return replace(document, entries=tuple(_distinct(document.entries)))


def _document(answer: Response) -> Document | None:
    if answer.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from syndicate.posts.mirrors.feed.json_feed import read_json

        return read_json(answer.content, base=answer.url)
    from syndicate.posts.mirrors.feed.xml_feed import read_xml

    return read_xml(answer)


def _distinct(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give entries that say anything, each under an id of its own and with something of a title.

    Where entries with different addresses share an id, each is known by its address.
    """
    saying = [each for each in entries if each.title or each.content or each.summary]
    shared = Counter(each.id for each in {(each.id, each.link): each for each in saying}.values())
    taken = set()
    for each in saying:
        own = each.id if each.id and shared[each.id] == 1 else each.link
        found = own or f"urn:sha256:{of_parts((each.title, each.content or each.summary))}"
        if found not in taken:
            taken.add(found)
            yield replace(each, id=found, title=each.title or _first_words(each))


def _first_words(entry: Entry) -> str:
    """Give a title for an entry without one, as microblogs have them."""
    words = text_of(entry.content or entry.summary).split(" ")
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")
