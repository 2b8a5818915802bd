"""JSON Feed, read for its rules: what is of a wrong type is passed over, and a rule names it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast

from syndicate.feeds.linting.dates import rfc_3339
from syndicate.feeds.linting.document import Date, Document, Entry, Exchange, Link, Text
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.markup import Markup, examine
from syndicate.feeds.linting.xml_reading import part

_Object = Mapping[str, Any]


def json_feed(root: _Object, content: bytes, *, now: datetime, exchange: Exchange | None) -> Document:
    """Give a JSON Feed from its outermost object."""
    title = _text(root, "title", html=False)
    return Document(
        kind=Kind.JSON,
        content=content,
        now=now,
        exchange=exchange,
        node=root,
        title=title,
        texts=(title,) if title else (),
        links=tuple(_feed_links(root)),
        languages=tuple(_language(root, "")),
        entries=tuple(_entry(each, number) for number, each in enumerate(objects(root, "items"), 1)),
    )


def objects(owner: _Object, key: str) -> list[_Object]:
    """Give the objects of an array; nothing where it is none."""
    found = owner.get(key)
    values: list[object] = cast("list[object]", found) if isinstance(found, list) else []
    return [cast("_Object", each) for each in values if isinstance(each, dict)]


def _entry(item: _Object, number: int) -> Entry:
    title = _text(item, "title", html=False)
    texts = (title, _text(item, "summary", html=False), _text(item, "content_html", html=True))
    return Entry(
        part=part(number, title.value if title else ""),
        line=None,
        id=_string(item, "id"),
        title=title,
        texts=tuple(each for each in texts if each is not None),
        links=tuple(_links(item, {"url": "alternate", "external_url": "related", "image": "media"})),
        enclosures=tuple(_attachment(each) for each in objects(item, "attachments")),
        published=_date(item, "date_published"),
        updated=_date(item, "date_modified"),
        node=item,
    )


def _feed_links(root: _Object) -> Iterator[Link]:
    names = {"home_page_url": "alternate", "feed_url": "self", "next_url": "next"}
    yield from _links(root, {**names, "icon": "icon", "favicon": "icon"})
    yield from (
        Link(name="hubs", href=each["url"], rel="hub")
        for each in objects(root, "hubs")
        if isinstance(each.get("url"), str)
    )


def _links(owner: _Object, names: Mapping[str, str]) -> Iterator[Link]:
    for name, rel in names.items():
        if isinstance(owner.get(name), str):
            yield Link(name=name, href=owner[name], rel=rel)


def _attachment(owner: _Object) -> Link:
    size = owner.get("size_in_bytes")
    return Link(
        name="attachments",
        href=_string(owner, "url") or "",
        rel="enclosure",
        type=_string(owner, "mime_type") or "",
        length=None if size is None else str(size),
    )


def _text(owner: _Object, name: str, *, html: bool) -> Text | None:
    value = _string(owner, name)
    if value is None:
        return None
    return Text(name=name, value=value, html=html, line=None, markup=examine(value) if html else Markup())


def _date(owner: _Object, name: str) -> Date | None:
    text = _string(owner, name)
    return None if text is None else Date(name=name, text=text, instant=rfc_3339(text), line=None)


def _language(owner: _Object, where: str) -> Iterator[tuple[str, int | None, str]]:
    tag = _string(owner, "language")
    if tag is not None:
        yield tag, None, where
    for number, each in enumerate(objects(owner, "items"), 1):
        yield from _language(each, part(number, _string(each, "title") or ""))


def _string(owner: _Object, name: str) -> str | None:
    value = owner.get(name)
    return value if isinstance(value, str) else None
