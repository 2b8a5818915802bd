"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read with patience for what is not quite."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from syndicate.posts.mirrors.feed.document import Document, Entry
from syndicate.posts.mirrors.feed.wire import address, line, text
from syndicate.posts.plain import as_paragraphs

_VERSION = "jsonfeed.org/version/"


def read_json(content: bytes, *, base: str) -> Document | None:
    """Give the feed; ``None`` for JSON that is none, and for what is no JSON."""
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or _VERSION not in text(said.get("version")):
        return None
    items = said.get("items")
    return Document(
        format="JSON Feed",
        title=line(said.get("title")),
        home=address(said.get("home_page_url"), base),
        description=line(said.get("description")),
        language=line(said.get("language")),
        author=next(iter(_authors(said)), ""),
        entries=tuple(
            _entry(each, base)
            for each in (items if isinstance(items, list) else ())
            if isinstance(each, dict)
        ),
    )


def _entry(item: Mapping[str, Any], base: str) -> Entry:
    link = address(item.get("url"), base) or address(item.get("external_url"), base)
    return Entry(
        id=line(item.get("id")),
        link=link,
        title=line(item.get("title")),
        authors=tuple(_authors(item)),
        tags=tuple(dict.fromkeys(filter(None, map(line, _list(item.get("tags")))))),
        published=_instant(item.get("date_published")),
        updated=_instant(item.get("date_modified")),
        language=line(item.get("language")),
        image=address(item.get("image"), base)
        or address(item.get("banner_image"), base)
        or _picture(item, base),
        content=text(item.get("content_html")) or as_paragraphs(text(item.get("content_text"))),
        summary=as_paragraphs(text(item.get("summary"))),
    )


def _authors(said: Mapping[str, Any]) -> Iterator[str]:
    """Give names: of ``authors``, else of 1.0's ``author``."""
    for each in _list(said.get("authors")) or [said.get("author")]:
        name = line(each.get("name")) if isinstance(each, dict) else ""
        if name:
            yield name


def _picture(item: Mapping[str, Any], base: str) -> str:
    """Give the first attachment that is one."""
    for each in _list(item.get("attachments")):
        if isinstance(each, dict) and text(each.get("mime_type")).startswith("image/"):
            return address(each.get("url"), base)
    return ""


def _instant(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(text(value).strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
