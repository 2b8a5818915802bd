"""What stands under the feeds' folder and is no longer published: named, and never deleted."""

from collections.abc import Iterator
from pathlib import Path

from syndicate.feeds.feed import ARCHIVE
from syndicate.feeds.formats import FORMATS
from syndicate.settings.schema import FeedSettings

_REMEDY = "readers may still poll it; configure it again, or remove it"


def leftovers(folder: Path, feeds: tuple[FeedSettings, ...]) -> Iterator[str]:
    """Give one line for each feed, and each document of a feed, that is on the disk and not configured."""
    configured = {feed.name: feed for feed in feeds}
    for each in _folders(folder):
        feed = configured.get(each.name)
        if feed is None:
            yield f'{each}: the feed "{each.name}" is no longer configured, and {_REMEDY}'
            continue
        if not feed.archives and (each / ARCHIVE).is_dir():
            yield f'{each / ARCHIVE}: the feed "{each.name}" has no archive any more, and {_REMEDY}'
        for name, known in FORMATS.items():
            if name not in feed.formats and (each / known.filename).exists():
                yield f'{each / known.filename}: "{name}" is no longer among the formats, and {_REMEDY}'


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir())
    except OSError:  # not there yet; or unreadable, which writing will say
        return []
