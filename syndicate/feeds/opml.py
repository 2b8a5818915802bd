"""OPML 2.0 (http://opml.org/spec2.opml): all feeds in one file that a feed reader imports."""

from collections.abc import Sequence

from syndicate.feeds.pages import Listed


def opml(feeds: Sequence[Listed], *, title: str) -> bytes:
    """Give the subscription list: each feed once, by the first of its formats that every reader takes.

    Feeds whose address nobody knows can't be subscribed to and are left out.
    """
    from lxml import etree

    from syndicate.feeds.characters import plain

    root = etree.Element("opml", {"version": "2.0"})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = plain(title) or "Feeds"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        address = next((each.url for each in feed.addresses if each.absolute), "")
        if address:
            etree.SubElement(body, "outline", _outline(feed, address))
    document: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return document


def _outline(feed: Listed, address: str) -> dict[str, str]:
    stated = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "description": feed.description,
        "language": feed.language,
        "xmlUrl": address,
        "htmlUrl": feed.home_url,
    }
    return {key: value for key, value in stated.items() if value}
