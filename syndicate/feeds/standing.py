"""Which feeds stand on the disk as they would be written again: those needn't even be composed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from syndicate.feeds.archive import Archive
from syndicate.feeds.feed import Feed
from syndicate.feeds.workshop import Workshop
from syndicate.feeds.writing import twins
from syndicate.model.post import PostId, TrackedPost
from syndicate.settings.schema import FeedSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A feed as it was left on the disk."""

    #: The hash of all it was made from, and of how its files lay there.
    mark: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A feed's archive as it was left on the disk."""

    #: The id of the post that each volume begins with.
    beginnings: tuple[PostId, ...] = ()
    #: By the volume's number, as a feed's; without those in which something is amiss.
    marks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the feeds are made from besides their own posts, and how they were left the last time."""

    #: Changes with the program, the settings, the site and the templates.
    under: str = ""
    #: Changes with any post: what the text of a post may depend on that is not self-contained.
    revision: str = ""
    #: One line for each file that can't be read.
    problems: tuple[str, ...] = ()
    #: By the feed's name; those that were written under something else do no harm.
    feeds: Mapping[str, Stood] = field(default_factory=dict)
    #: By the feed's name.
    archives: Mapping[str, Archived] = field(default_factory=dict)
    #: What earlier passes of this process have left.
    workshop: Workshop = field(default_factory=Workshop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A feed before it is composed."""

    #: Without entries.
    feed: Feed
    #: What the settings say of it.
    settings: FeedSettings
    posts: tuple[TrackedPost, ...]
    #: What it is written as.
    documents: tuple[Path, ...]
    archive: Archive = field(default_factory=Archive)


def mark(plan: Plan, standing: Standing) -> str | None:
    """Give the hash of what a feed is made from, and of its files; ``None`` where one of them is missing."""
    lying = _lying(plan.documents)
    if lying is None:
        return None
    parts = (standing.under, plan.feed, plan.settings, lying, *_posts(plan.posts, standing))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def made_of(plan: Plan, under: str) -> str:
    """Give the hash of what a feed without an archive is made from, where its posts are self-contained."""
    posts = ((each.entry_id, each.updated, each.post) for each in plan.posts)
    return hashlib.sha256(repr((under, plan.feed, plan.settings, *posts)).encode()).hexdigest()


def stands(plan: Plan, standing: Standing) -> Stood | None:
    """Give how the feed was left where it would be written just like that again, else ``None``."""
    stood = standing.feeds.get(plan.feed.name)
    return stood if stood and stood.mark == mark(plan, standing) else None


def _posts(posts: Iterable[TrackedPost], standing: Standing) -> Iterable[object]:
    paths = set()
    for tracked in posts:
        paths.add(tracked.post.path)
        yield tracked.entry_id, tracked.updated, tracked.post
        if not tracked.post.self_contained:
            yield standing.revision
    # A post that can't be read any more stands in a feed by its excerpt.
    yield [line for line in standing.problems if line.startswith(tuple(paths))]


def _lying(documents: Iterable[Path]) -> list[tuple[str, int, int]] | None:
    """Give each file with its size and time, so that one that a hand has touched is written again."""
    files = (file for each in documents for file in twins(each))
    try:
        return [(each.name, (stat := each.stat()).st_size, stat.st_mtime_ns) for each in files]
    except OSError:
        return None
