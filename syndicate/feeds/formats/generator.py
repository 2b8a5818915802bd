"""feedgen 1.0.0, filled, and repaired through its public extension hook.

Its traps, each of which a test holds shut in the output:
entry links lose every attribute (issue 135); the channel's link is the last one set, whatever its ``rel``;
RSS gets no hub; dates default to now; ``formatRFC2822`` flips the process's locale under every thread; an
RSS author without a mailbox vanishes; no xml:lang or xml:base for an entry; no way to name a stylesheet;
no type of a title.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from syndicate.feeds.entry import Entry
from syndicate.feeds.feed import Feed
from syndicate.feeds.formats import podcast
from syndicate.feeds.picture_types import picture_type
from syndicate.model.post import Enclosure, Image

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
#: RFC 5005 §4.
_HISTORY = "http://purl.org/syndication/history/1.0"
_MEDIA = "http://search.yahoo.com/mrss/"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {"dc": _DC, "dcterms": _DCTERMS, "media": _MEDIA}
#: What a reader that expects HTML takes for a tag.
_TAG_LIKE = re.compile("<[A-Za-z/!?]")
#: Atom wants a date even of a feed that never held an entry.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Unsaid(datetime):
    """A date that feedgen takes for none: it can't unset ``lastBuildDate``, and would flip the locale."""

    def __bool__(self) -> bool:
        return False


def atom(feed: Feed, *, filename: str, media_type: str) -> bytes:
    """Give the feed as Atom 1.0."""
    links = _links(feed, filename, media_type)
    generator = _generator(feed, links)
    generator.updated(feed.updated or _NEVER)
    document: bytes = generator.atom_str(pretty=True)
    return document


def rss(feed: Feed, *, filename: str, media_type: str) -> bytes:
    """Give the feed as RSS 2.0."""
    links = _links(feed, filename, media_type)
    # A channel needs a link; without any address the feed's URN is the one honest URL there is.
    generator = _generator(feed, links or [{"href": feed.id, "rel": "alternate"}])
    generator.updated(_Unsaid.fromtimestamp(0, UTC))
    document: bytes = generator.rss_str(pretty=True)
    return document


class _Channel:
    """feedgen's extension of a feed; feedgen makes it, so what it needs is set after."""

    def __init__(self) -> None:
        self.feed: Feed
        self.links: list[dict[str, str]]

    def extend_ns(self) -> dict[str, str]:
        history = {"fh": _HISTORY} if self.feed.place.number else {}
        itunes = {"itunes": podcast.NAMESPACE} if podcast.is_podcast(self.feed) else {}
        return {**_PREFIXES, **history, **itunes}

    def extend_atom(self, root: Any) -> Any:  # noqa: ANN401 - lxml's elements have no public type
        self._say_that_it_is_an_archive(root)
        if not self.feed.description:  # the title stood in for it, since RSS can't do without
            root.remove(root.find("subtitle"))
        _name_stylesheet(root, self.feed.stylesheet)
        return root

    def extend_rss(self, root: Any) -> Any:  # noqa: ANN401 - as above
        channel = root.find("channel")
        channel.find("link").text = self.feed.home_url or self.feed.id
        for link in channel.findall(f"{{{_ATOM}}}link"):
            channel.remove(link)
        for link in self.links:
            if link["rel"] != "alternate":
                etree.SubElement(channel, f"{{{_ATOM}}}link", link)
        self._say_that_it_is_an_archive(channel)
        podcast.describe_channel(channel, self.feed)
        if self.feed.updated:
            etree.SubElement(channel, "lastBuildDate").text = _rfc822(self.feed.updated)
        _name_stylesheet(root, self.feed.stylesheet)
        return root

    def _say_that_it_is_an_archive(self, element: Any) -> None:  # noqa: ANN401 - as above
        if self.feed.place.number:
            etree.SubElement(element, f"{{{_HISTORY}}}archive")


class _Item:
    """feedgen's extension of an entry, made and filled in the same way."""

    def __init__(self) -> None:
        self.feed: Feed
        self.entry: Entry

    def extend_atom(self, element: Any) -> Any:  # noqa: ANN401 - as above
        # feedgen's own ``published`` is RSS's pubDate too, and would reach ``formatRFC2822``.
        etree.SubElement(element, "published").text = self.entry.published.isoformat()
        for link in element.findall("link"):
            link.set("rel", "alternate")
            link.set("type", "text/html")
        if self.entry.enclosure:
            said = {"rel": "enclosure", **_enclosed(self.entry.enclosure, "href")}
            if not self.entry.enclosure.length_bytes:  # which RSS can't do without
                del said["length"]
            etree.SubElement(element, "link", said)
        for content in element.findall("content"):
            if self.entry.url:
                content.set(f"{{{_XML}}}base", self.entry.url)
        _say_that_a_bracket_is_one(element)
        if self.entry.language != self.feed.language:
            element.set(f"{{{_XML}}}lang", self.entry.language)
        if self.entry.image:
            _append_image(element, self.entry.image)
        return element

    def extend_rss(self, element: Any) -> Any:  # noqa: ANN401 - as above
        etree.SubElement(element, "pubDate").text = _rfc822(self.entry.published)
        _append(element, _DCTERMS, "modified").text = self.entry.updated.isoformat()
        for author in self.entry.authors:
            _append(element, _DC, "creator").text = author
        if self.entry.language != self.feed.language:
            _append(element, _DC, "language").text = self.entry.language
        if self.entry.rights:
            _append(element, _DC, "rights").text = self.entry.rights
        if self.entry.whole and self.entry.summary:
            # Readers take a description for HTML.
            element.find("description").text = escape(self.entry.summary, quote=False)
        if self.entry.enclosure:
            etree.SubElement(element, "enclosure", _enclosed(self.entry.enclosure, "url"))
            podcast.describe_episode(element, self.entry)
        if self.entry.image:
            _append_image(element, self.entry.image)
        return element


def _say_that_a_bracket_is_one(element: Any) -> None:  # noqa: ANN401 - as above
    """Write ``vector<int>`` as escaped HTML: many readers take a title for that, whatever its type says."""
    for text in (element.find("title"), element.find("summary")):
        if text is not None and text.get("type", "text") == "text" and _TAG_LIKE.search(text.text or ""):
            text.set("type", "html")
            text.text = escape(text.text, quote=False)


def _links(feed: Feed, filename: str, media_type: str) -> list[dict[str, str]]:
    links = [
        {"href": feed.self_url(filename), "rel": "self", "type": media_type},
        {"href": feed.home_url, "rel": "alternate", "type": "text/html"},
        {"href": feed.hub_url, "rel": "hub"},
        *({"href": url, "rel": rel, "type": media_type} for rel, url in feed.around(filename).items()),
    ]
    return [link for link in links if link["href"]]


def _generator(feed: Feed, links: list[dict[str, str]]) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("repair", _Channel, _Item)
    generator.repair.feed, generator.repair.links = feed, links
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.description or feed.title)
    generator.language(feed.language)
    generator.generator("Syndicate")
    if feed.rights:
        generator.rights(feed.rights)
    # Atom wants an author of every entry (RFC 4287 §4.1.2); where nobody is named, the publication itself.
    generator.author(name=feed.author or feed.title)
    for link in links:
        generator.link(**link)
    for entry in feed.entries:
        _fill(generator.add_entry(order="append"), entry, feed)
    return generator


def _fill(item: FeedEntry, entry: Entry, feed: Feed) -> None:
    item.repair.feed, item.repair.entry = feed, entry
    item.guid(entry.id, permalink=False)
    item.title(entry.title)
    item.updated(entry.updated)
    if entry.rights:
        item.rights(entry.rights)
    for author in entry.authors:
        item.author(name=author)
    for category in entry.categories:
        item.category(term=category)
    if entry.url:
        item.link(href=entry.url, rel="alternate")
    _fill_text(item, entry)


def _fill_text(item: FeedEntry, entry: Entry) -> None:
    if entry.whole or not entry.url:
        item.content(entry.content, type="html")
        if entry.summary:
            item.summary(entry.summary, type="text")
    else:
        item.summary(entry.content, type="html")


def _append(element: Any, namespace: str, name: str, **attributes: str) -> Any:  # noqa: ANN401 - as above
    return etree.SubElement(element, f"{{{namespace}}}{name}", attributes, nsmap=_PREFIXES)


def _append_image(element: Any, image: Image) -> None:  # noqa: ANN401 - as above
    _append(element, _MEDIA, "thumbnail", url=image.url)
    kind = picture_type(image.url)
    said = {"type": kind} if kind else {}
    content = _append(element, _MEDIA, "content", url=image.url, medium="image", **said)
    if image.alt:
        _append(content, _MEDIA, "description", type="plain").text = image.alt


def _enclosed(enclosure: Enclosure, address: str) -> dict[str, str]:
    length, media_type = str(enclosure.length_bytes), enclosure.media_type
    return {address: enclosure.url, "length": length, "type": media_type}


def _name_stylesheet(root: Any, href: str) -> None:  # noqa: ANN401 - as above
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'href="{href}" type="text/css"'))


def _rfc822(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)
