"""RSS and Atom, read for their rules: strictly, within limits, and without a look at anything outside."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from syndicate.feeds.linting.dates import rfc_822, rfc_3339
from syndicate.feeds.linting.document import Date, Document, Entry, Exchange, Link, Text
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.markup import Markup, examine

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MEDIA = "{http://search.yahoo.com/mrss/}"
_SHOWN = 40
_PREFIX = re.compile(r"(</?)\w+:")


def atom(root: Any, content: bytes, *, now: datetime, exchange: Exchange | None) -> Document:  # noqa: ANN401 - lxml's elements have no public type
    """Give an Atom feed from its root element."""
    return Document(
        kind=Kind.ATOM,
        content=content,
        now=now,
        exchange=exchange,
        node=root,
        id=_text(root, f"{ATOM}id"),
        title=_atom_text(root.find(f"{ATOM}title")),
        texts=_atom_texts(root, "title", "subtitle", "rights"),
        links=tuple(_atom_links(root)),
        dates=tuple(_dates(root, rfc_3339, f"{ATOM}updated")),
        languages=tuple(_languages(root)),
        entries=tuple(
            _atom_entry(each, number) for number, each in enumerate(root.findall(f"{ATOM}entry"), 1)
        ),
    )


def rss(root: Any, content: bytes, *, now: datetime, exchange: Exchange | None) -> Document:  # noqa: ANN401 - as above
    """Give an RSS feed from its root element."""
    channel = root.find("channel")
    return Document(
        kind=Kind.RSS,
        content=content,
        now=now,
        exchange=exchange,
        node=root,
        title=None if channel is None else _rss_text(channel.find("title"), html=False),
        texts=() if channel is None else _rss_texts(channel),
        links=() if channel is None else tuple(_rss_links(channel)),
        dates=() if channel is None else tuple(_dates(channel, rfc_822, "lastBuildDate", "pubDate")),
        languages=() if channel is None else tuple(_languages(channel)),
        entries=()
        if channel is None
        else tuple(_rss_entry(each, number) for number, each in enumerate(channel.findall("item"), 1)),
    )


def local_name(element: Any) -> str:  # noqa: ANN401 - as above
    """Give an element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _atom_entry(element: Any, number: int) -> Entry:  # noqa: ANN401 - as above
    links = tuple(_atom_links(element))
    title = _atom_text(element.find(f"{ATOM}title"))
    return Entry(
        part=part(number, title.value if title else ""),
        line=element.sourceline,
        id=_text(element, f"{ATOM}id"),
        title=title,
        texts=_atom_texts(element, "title", "summary", "content", "rights"),
        links=tuple(link for link in links if link.rel != "enclosure"),
        enclosures=tuple(link for link in links if link.rel == "enclosure"),
        published=next(_dates(element, rfc_3339, f"{ATOM}published"), None),
        updated=next(_dates(element, rfc_3339, f"{ATOM}updated"), None),
        node=element,
    )


def _rss_entry(element: Any, number: int) -> Entry:  # noqa: ANN401 - as above
    title = _rss_text(element.find("title"), html=False)
    return Entry(
        part=part(number, title.value if title else ""),
        line=element.sourceline,
        id=_text(element, "guid"),
        title=title,
        texts=_rss_texts(element),
        links=tuple(_rss_links(element)),
        enclosures=tuple(
            Link(
                name="enclosure",
                href=each.get("url", ""),
                rel="enclosure",
                type=each.get("type", ""),
                length=each.get("length"),
                line=each.sourceline,
            )
            for each in element.findall("enclosure")
        ),
        published=next(_dates(element, rfc_822, "pubDate"), None),
        updated=None,
        node=element,
    )


def part(number: int, title: str) -> str:
    """Name an entry for people."""
    words = " ".join(title.split())
    shown = f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words
    return f"entry {number}" + (f" “{shown}”" if shown else "")


def _text(element: Any, name: str) -> str | None:  # noqa: ANN401 - as above
    found = element.find(name)
    return None if found is None else (found.text or "").strip()


def _atom_texts(element: Any, *names: str) -> tuple[Text, ...]:  # noqa: ANN401 - as above
    found = (_atom_text(each) for name in names for each in element.findall(f"{ATOM}{name}"))
    return tuple(each for each in found if each is not None)


def _atom_text(element: Any) -> Text | None:  # noqa: ANN401 - as above
    if element is None:
        return None
    kind = element.get("type", "text")
    if kind == "xhtml":
        from lxml import etree

        # As HTML: an empty element of XML would look like one that is never closed.
        inside = (etree.tostring(child, encoding="unicode", method="html") for child in element)
        value = _PREFIX.sub(r"\1", "".join(inside))
    else:
        value = element.text or ""
    html = kind in {"html", "text/html", "xhtml"}
    markup = examine(value) if html else Markup()
    return Text(name=local_name(element), value=value, html=html, line=element.sourceline, markup=markup)


def _rss_texts(element: Any) -> tuple[Text, ...]:  # noqa: ANN401 - as above
    html = {"title": False, "description": local_name(element) == "item", f"{CONTENT}encoded": True}
    found = (
        _rss_text(each, html=is_html) for name, is_html in html.items() for each in element.findall(name)
    )
    return tuple(each for each in found if each is not None)


def _rss_text(element: Any, *, html: bool) -> Text | None:  # noqa: ANN401 - as above
    if element is None:
        return None
    value = element.text or ""
    markup = examine(value) if html else Markup()
    return Text(name=local_name(element), value=value, html=html, line=element.sourceline, markup=markup)


def _atom_links(element: Any) -> Iterator[Link]:  # noqa: ANN401 - as above
    for each in element.findall(f"{ATOM}link"):
        yield Link(
            name="link",
            href=each.get("href", ""),
            rel=each.get("rel", "alternate"),
            type=each.get("type", ""),
            hreflang=each.get("hreflang", ""),
            length=each.get("length"),
            line=each.sourceline,
        )
    for name in ("icon", "logo"):
        yield from (
            Link(name=name, href=(each.text or "").strip(), rel=name, line=each.sourceline)
            for each in element.findall(f"{ATOM}{name}")
        )
    yield from _media(element)


def _rss_links(element: Any) -> Iterator[Link]:  # noqa: ANN401 - as above
    for name in ("link", "comments"):
        for each in element.findall(name):
            rel = "alternate" if name == "link" else "replies"
            yield Link(name=name, href=(each.text or "").strip(), rel=rel, line=each.sourceline)
    yield from _atom_links(element)


def _media(element: Any) -> Iterator[Link]:  # noqa: ANN401 - as above
    for name in ("thumbnail", "content"):
        for each in element.findall(f"{MEDIA}{name}"):
            yield Link(
                name=f"media:{name}",
                href=each.get("url", ""),
                rel="media",
                type=each.get("type", ""),
                line=each.sourceline,
            )


def _dates(element: Any, read: Callable[[str], datetime | None], *names: str) -> Iterator[Date]:  # noqa: ANN401 - as above
    for name in names:
        for each in element.findall(name):
            text = (each.text or "").strip()
            yield Date(name=local_name(each), text=text, instant=read(text), line=each.sourceline)


def _languages(element: Any) -> Iterator[tuple[str, int | None, str]]:  # noqa: ANN401 - as above
    for each in element.iter():
        tag = each.get(f"{XML}lang") if isinstance(each.tag, str) else None
        if tag is not None:
            yield tag, each.sourceline, ""
    for name in ("language", f"{DC}language"):
        yield from ((each.text or "", each.sourceline, "") for each in element.iter(name))
