"""What directories and programs of podcasts ask of an RSS feed that is heard."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from syndicate.feeds.linting.document import Document, Entry
from syndicate.feeds.linting.kind import Kind
from syndicate.feeds.linting.rule import Rule, rule
from syndicate.model.finding import Severity, Spot
from syndicate.model.podcast import CATEGORIES

_RSS = frozenset({Kind.RSS})
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_SOURCE = "Apple, A podcaster's guide to RSS"
_HEARD = ("audio/", "video/")
#: What a directory needs of the channel, and what becomes of a feed that lacks it.
_NEEDED = ("image", "category", "explicit")
#: What the elements that are words or numbers may say; "yes", "no" and "clean" are of former days.
_SAYS = {
    "explicit": (re.compile("true|false|yes|no|clean|explicit", re.IGNORECASE), "write true or false"),
    "type": (re.compile("episodic|serial", re.IGNORECASE), "write episodic or serial"),
    "duration": (re.compile(r"\d+|(?:\d+:)?\d?\d:\d\d", re.ASCII), "write seconds, or 1:02:03"),
    "episodeType": (re.compile("full|trailer|bonus", re.IGNORECASE), "write full, trailer or bonus"),
    "season": (re.compile(r"[1-9]\d*", re.ASCII), "write a number"),
    "episode": (re.compile(r"[1-9]\d*", re.ASCII), "write a number"),
}


@rule(
    "podcast-channel",
    Severity.HINT,
    title="A podcast has a picture, a category and a word on whom it is for",
    why="Directories refuse one that lacks any of the three.",
    source=f"{_SOURCE}: required tags",
    kinds=_RSS,
)
def podcast_channel(feed: Document) -> Iterator[Spot]:
    """Find which are missing in a feed of which every entry is heard, or which says that it is a podcast."""
    channel = feed.node.find("channel")
    if channel is None or not _is_podcast(channel, feed.entries):
        return
    missing = [name for name in _NEEDED if channel.find(f"{_ITUNES}{name}") is None]
    if missing:
        named = ", ".join(f"<itunes:{name}>" for name in missing)
        yield Spot(f"the podcast has no {named}", "add what it lacks", channel.sourceline)


@rule(
    "podcast-category",
    Severity.WARNING,
    title="A podcast's category is one of Apple's",
    why="Any other is passed over, and the podcast is filed under nothing.",
    source="Apple, Podcasts categories",
    kinds=_RSS,
)
def podcast_category(feed: Document) -> Iterator[Spot]:
    """Find names that are none, and parts of another category."""
    for each in feed.node.iterfind(f"channel/{_ITUNES}category"):
        name = each.get("text", "")
        if name not in CATEGORIES:
            yield Spot(f"{name!r} is no category of podcasts", "use one of Apple's", each.sourceline)
            continue
        for inner in each.iterfind(f"{_ITUNES}category"):
            part = inner.get("text", "")
            if part not in CATEGORIES[name]:
                yield Spot(f"{part!r} is no part of {name!r}", "use one of Apple's", inner.sourceline)


@rule(
    "podcast-values",
    Severity.WARNING,
    title="What a podcast says of itself is said in Apple's words",
    why="Programs pass over what they can't read: no length is shown, and no warning for children.",
    source=_SOURCE,
    kinds=_RSS,
)
def podcast_values(feed: Document) -> Iterator[Spot]:
    """Find other words."""
    for name, (form, remedy) in _SAYS.items():
        for each in feed.node.iter(f"{_ITUNES}{name}"):
            text = (each.text or "").strip()
            if not form.fullmatch(text):
                yield Spot(f"<itunes:{name}> says {text[:40]!r}", remedy, each.sourceline)


@rule(
    "podcast-image",
    Severity.WARNING,
    title="A podcast's picture is at a web address, as JPEG or PNG",
    why="Directories refuse any other, and show none.",
    source=f"{_SOURCE}: itunes:image",
    kinds=_RSS,
)
def podcast_image(feed: Document) -> Iterator[Spot]:
    """Find pictures without an address, and of another kind by their name."""
    for each in feed.node.iter(f"{_ITUNES}image"):
        href = each.get("href", "").strip()
        if not _is_picture(href):
            remedy = "write href with the address of a .jpg or .png"
            yield Spot(f"<itunes:image> leads to {href[:80]!r}", remedy, each.sourceline)


@rule(
    "podcast-owner",
    Severity.WARNING,
    title="A podcast's owner has a mailbox",
    why="Directories confirm by mail who may change the entry.",
    source=f"{_SOURCE}: itunes:owner",
    kinds=_RSS,
)
def podcast_owner(feed: Document) -> Iterator[Spot]:
    """Find owners without one."""
    for each in feed.node.iterfind(f"channel/{_ITUNES}owner"):
        email = (each.findtext(f"{_ITUNES}email") or "").strip()
        name, at, host = email.rpartition("@")
        if not (name and at and "." in host):
            yield Spot("<itunes:owner> has no mailbox", "add <itunes:email>", each.sourceline)


def _is_podcast(channel: Any, entries: tuple[Entry, ...]) -> bool:  # noqa: ANN401 - lxml's elements have no public type
    said = any(channel.find(f"{_ITUNES}{name}") is not None for name in ("category", "image", "owner"))
    return said or (bool(entries) and all(_is_heard(entry) for entry in entries))


def _is_heard(entry: Entry) -> bool:
    return any(each.type.startswith(_HEARD) for each in entry.enclosures)


def _is_picture(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    named = parts.path.lower().rpartition("/")[2].rpartition(".")
    return parts.scheme in {"http", "https"} and (not named[1] or named[2] in {"jpg", "jpeg", "png"})


RULES: tuple[Rule, ...] = (
    podcast_channel,
    podcast_category,
    podcast_values,
    podcast_image,
    podcast_owner,
)
