"""The feeds that a web page names in its head (RSS Autodiscovery; WHATWG HTML §4.6.7.1)."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from syndicate.fetching import Response
from syndicate.settings.web_address import is_web_address

#: The best first: all that we read of an entry stands in each of them, but Atom says it most exactly.
_TYPES = ("application/atom+xml", "application/rss+xml", "application/feed+json", "application/json")
#: A head is shorter.
_HEAD_BYTES = 500_000
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
_START_BYTES = 4_000
_LINK = re.compile(r"<(link|base)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A feed as a page names it."""

    url: str
    title: str
    #: Its media type.
    type: str


def is_page(answer: Response) -> bool:
    """Say whether the answer is a page for people, whatever type the server gives it."""
    start = answer.content[:_START_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):  # a JSON Feed, whatever its entries hold
        return False
    found, feed = _PAGE.search(start), _FEED.search(start)
    return found is not None and not (feed and feed.start() < found.start())


def feeds_named(answer: Response) -> list[Named]:
    """Give the feeds that a page names, Atom first, else in the page's order."""
    text = answer.content[:_HEAD_BYTES].decode("utf-8", "replace")
    base = answer.url
    found = []
    for tag in _LINK.finditer(text):
        said = {
            each[1].lower(): html.unescape(each[2] or each[3] or each[4] or "")
            for each in _ATTRIBUTE.finditer(tag[2])
        }
        if tag[1].lower() == "base":
            base = urljoin(answer.url, said.get("href", ""))
        elif "alternate" in said.get("rel", "").lower().split() and said.get("type", "").lower() in _TYPES:
            url = urljoin(base, said.get("href", "").strip())
            if is_web_address(url):
                found.append(Named(url=url, title=said.get("title", ""), type=said["type"].lower()))
    return sorted(found, key=lambda each: _TYPES.index(each.type))
