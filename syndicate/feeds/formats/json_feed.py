"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from syndicate.feeds.entry import Entry
from syndicate.feeds.feed import Feed
from syndicate.feeds.format import Format
from syndicate.model.post import Enclosure


def write(feed: Feed) -> bytes:
    """Give the feed as a JSON Feed document in UTF-8."""
    document = json.dumps(_document(feed), ensure_ascii=False, indent=1)
    return f"{document}\n".encode()


def _document(feed: Feed) -> dict[str, Any]:
    # Its URLs are web addresses, never a URN (jsonfeed.org, "Top-level").
    stated = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.self_url(JSON_FEED.filename),
        "next_url": feed.around(JSON_FEED.filename).get("prev-archive"),
        "description": feed.description,
        "icon": feed.podcast.image if feed.podcast else None,
        "language": feed.language,
        "authors": [{"name": feed.author}] if feed.author else None,
        "hubs": [{"type": "WebSub", "url": feed.hub_url}] if feed.hub_url else None,
    }
    return {**_present(stated), "items": [_item(entry, feed) for entry in feed.entries]}


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    stated = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.image.url if entry.image else None,
        "attachments": [_attachment(entry.enclosure)] if entry.enclosure else None,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.categories),
        "language": entry.language if entry.language != feed.language else None,
    }
    return {**_present(stated), "content_html": entry.content}


def _attachment(enclosure: Enclosure) -> dict[str, Any]:
    stated = {
        "url": enclosure.url,
        "mime_type": enclosure.media_type,
        "size_in_bytes": enclosure.length_bytes,
        "duration_in_seconds": enclosure.duration_seconds,
    }
    return _present(stated)


def _present(stated: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in stated.items() if value}


JSON_FEED = Format(
    name="json", title="JSON Feed", filename="feed.json", media_type="application/feed+json", write=write
)
