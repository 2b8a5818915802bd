"""The upper half of the river: from the site to the feeds."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from syndicate import __version__
from syndicate.feeds import announcing, hosting
from syndicate.feeds.publishing import Publication, is_published, publish
from syndicate.files import write_if_changed
from syndicate.pipeline.river import Progress, River
from syndicate.posts.detection import Detection, detect
from syndicate.store import meta, posts
from syndicate.store.engine import reading

#: What the feeds were last written under: in the store, which a backup turns back, and in the outbox.
_PUBLISHED_UNDER = "feeds.published_under"
_PUBLISHED = ".published"


def notice(river: River, *, now: datetime, progress: Progress) -> Detection:
    """Look at the site for what is new, changed or gone, and remember it."""
    return detect(
        river.engine,
        river.source,
        settings=river.settings.posts,
        now=now,
        progress=partial(progress, "reading posts"),
    )


def outdated(river: River, detection: Detection) -> str | None:
    """Give the key to publish under, where site, settings or a hand changed what stands; else ``None``."""
    with reading(river.engine) as connection:
        under = meta.read(connection, _PUBLISHED_UNDER)
        revision = meta.read(connection, meta.POSTS_REVISION)
    key = _publishing_key(river, revision=revision, problems=detection.problems)
    return None if under == key and _stands(river, key) else key


def publish_under(river: River, key: str, *, now: datetime, progress: Progress) -> Publication:
    """Write the feeds and their pages, ask for a ping for each that has changed, and remember ``key``."""
    with reading(river.engine) as connection:
        live = posts.live(connection)
    publication = publish(live, river.source, river.settings, progress=partial(progress, "writing feeds"))
    hosting.write(river.settings)
    write_if_changed(river.settings.outbox / _PUBLISHED, key.encode())
    visible = announcing.documents(river.settings, river.source.site)
    with river.engine.begin() as connection:
        meta.write(connection, _PUBLISHED_UNDER, key)
        announcing.announce(connection, visible, hub=river.settings.publish.hub, now=now)
    return publication


def _stands(river: River, key: str) -> bool:
    """Give whether this outbox was published under ``key``: on a shared store another one may have been."""
    try:
        here = (river.settings.outbox / _PUBLISHED).read_bytes()
    except OSError:
        return False
    stands = is_published(river.settings, river.source.site) and hosting.is_written(river.settings)
    return here == key.encode() and stands


def _publishing_key(river: River, *, revision: str | None, problems: Sequence[str]) -> str:
    """Give what the published files depend on, so that a pass that changes none of it writes nothing.

    ``problems`` too: an unreadable post may stand in a feed by its excerpt, until it can be read again.
    """
    settings, site = river.settings, river.source.site
    parts = (
        __version__,
        settings.feeds,
        settings.publish,
        settings.redirects,
        site,
        revision,
        problems,
        *_template_stamps(settings.templates),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _template_stamps(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())
