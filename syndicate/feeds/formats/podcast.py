"""What programs and directories of podcasts read: Apple's elements, in RSS alone.

https://help.apple.com/itc/podcasts_connect/#/itcb54353390
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from syndicate.feeds.entry import Entry
from syndicate.feeds.feed import Feed, Podcast
from syndicate.model.podcast import BETWEEN
from syndicate.model.post import Enclosure

NAMESPACE = "http://www.itunes.com/dtds/podcast-1.0.dtd"


def is_podcast(feed: Feed) -> bool:
    """Say whether a feed has anything to be heard or watched, or is described as one that will."""
    return feed.podcast is not None or any(is_episode(entry) for entry in feed.entries)


def is_episode(entry: Entry) -> bool:
    """Say whether an entry carries what is heard or watched."""
    return entry.enclosure is not None and entry.enclosure.media_type.startswith(("audio/", "video/"))


def describe_channel(channel: Any, feed: Feed) -> None:  # noqa: ANN401 - lxml's elements have no public type
    """Write what a directory asks of the channel, as far as anybody has said it."""
    if not is_podcast(feed):
        return
    podcast = feed.podcast or Podcast(explicit=any(_is_explicit(each) for each in feed.entries))
    _say(channel, "author", podcast.author or feed.author or feed.title)
    _say(channel, "explicit", "true" if podcast.explicit else "false")
    if podcast.serial:
        _say(channel, "type", "serial")
    if podcast.image:
        _element(channel, "image", href=podcast.image)
    for category in podcast.categories:
        _append_category(channel, category)
    if podcast.owner_email:
        owner = _element(channel, "owner")
        _say(owner, "name", podcast.owner_name or podcast.author or feed.title)
        _say(owner, "email", podcast.owner_email)


def describe_episode(item: Any, entry: Entry) -> None:  # noqa: ANN401 - as above
    """Write what programs show of an episode."""
    if not is_episode(entry) or entry.enclosure is None:
        return
    for name, text in _facts(entry, entry.enclosure):
        _say(item, name, text)
    if entry.image:
        _element(item, "image", href=entry.image.url)


def _is_explicit(entry: Entry) -> bool:
    return entry.enclosure is not None and entry.enclosure.explicit


def _facts(entry: Entry, enclosure: Enclosure) -> Iterator[tuple[str, str]]:
    yield "title", entry.title
    if enclosure.duration_seconds:
        yield "duration", str(enclosure.duration_seconds)
    yield "explicit", "true" if enclosure.explicit else "false"


def _append_category(channel: Any, category: str) -> None:  # noqa: ANN401 - as above
    """Write a category, and its part within it."""
    name, _, part = category.partition(BETWEEN)
    element = _element(channel, "category", text=name)
    if part:
        _element(element, "category", text=part)


def _say(element: Any, name: str, text: str) -> None:  # noqa: ANN401 - as above
    _element(element, name).text = text


def _element(element: Any, name: str, **attributes: str) -> Any:  # noqa: ANN401 - as above
    return etree.SubElement(element, f"{{{NAMESPACE}}}{name}", attributes)
