"""The upper half of the river: from the site to the feeds."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate import __version__
from syndicate.files import unwritable, write_if_changed
from syndicate.pipeline.river import Progress, River
from syndicate.posts.arrival import Decision
from syndicate.posts.detection import Detection, detect
from syndicate.posts.recollection import Key, key_of
from syndicate.settings.schema import Settings
from syndicate.store import meta, posts
from syndicate.store.engine import reading

if TYPE_CHECKING:
    from syndicate.feeds.publishing import Publication
    from syndicate.feeds.standing import Standing
    from syndicate.model.post import TrackedPost

#: What the feeds were last written under: in the store, which a backup turns back, and in the outbox.
_PUBLISHED_UNDER = "feeds.published_under"
_PUBLISHED = ".published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the published files depend on, so that a pass that changes none of it writes nothing."""

    #: Changes with the program, the settings, the site and the templates.
    under: str
    #: Changes with any post.
    posts_key: Key
    #: An unreadable post may stand in a feed by its excerpt, until it can be read again.
    problems: tuple[str, ...]

    @property
    def key(self) -> str:
        """Give them all in one word."""
        return _hash(self.under, self.posts_key, self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    """How this outbox was left."""

    key: str = ""
    #: From the web root.
    documents: tuple[str, ...] = ()
    #: By a feed's name, its mark and the number of its entries.
    feeds: dict[str, tuple[str, int]] = field(default_factory=dict)


def notice(
    river: River,
    *,
    now: datetime,
    progress: Progress,
    heard: Callable[[Decision], None] = lambda _: None,
) -> Detection:
    """Look at the site for what is new, changed or gone, and remember it; ``heard`` is that of ``detect``."""
    return detect(
        river.engine,
        river.source,
        settings=river.settings.posts,
        now=now,
        progress=partial(progress, "reading posts"),
        recollection=river.recollection,
        begun=river.begun,
        heard=heard,
    )


def outdated(river: River, detection: Detection) -> Circumstances | None:
    """Give what to publish under, where site, settings or a hand changed what stands; else ``None``."""
    with reading(river.engine) as connection:
        under = meta.read(connection, _PUBLISHED_UNDER)
        posts_key = key_of(connection)
    current = Circumstances(under=written_under(river), posts_key=posts_key, problems=detection.problems)
    return None if under == current.key and _stands(river, current.key) else current


def publish_under(
    river: River, under: Circumstances, detection: Detection, *, now: datetime, progress: Progress
) -> "Publication":
    """Write the feeds and their pages, ask for a ping for each that has changed, and remember under what."""
    from syndicate.feeds import hosting
    from syndicate.feeds.each import spelt_out, unmet
    from syndicate.feeds.publishing import publish

    live = _present(river, under, detection)
    settings = replace(river.settings, feeds=spelt_out(river.settings.feeds, live))
    standing = _standing(river, under, settings)
    _forget(river)
    progress = partial(progress, "writing feeds")
    publication = publish(live, river.source, settings, progress=progress, standing=standing)
    also = hosting.write(settings)
    _remember(replace(river, settings=settings), under.key, publication, also=also, now=now)
    return replace(publication, warnings=(*publication.warnings, *unmet(river.settings.feeds, live)))


def _standing(river: River, under: Circumstances, settings: Settings) -> "Standing":
    from syndicate.feeds.standing import Standing, Stood
    from syndicate.pipeline import archived

    left = {name: Stood(mark=mark, entries=entries) for name, (mark, entries) in _left(river).feeds.items()}
    return Standing(
        under=under.under,
        revision=str(under.posts_key),
        problems=under.problems,
        feeds=left,
        archives=archived.recalled(settings.outbox, settings.feeds),
        workshop=river.workshop,
    )


def _present(river: River, now: Circumstances, detection: Detection) -> "Sequence[TrackedPost]":
    """Give the posts as they are in the store, which the detection may have at hand."""
    if detection.present and detection.present.key == now.posts_key:
        return detection.present.posts
    with reading(river.engine) as connection:
        return posts.live(connection)


def _remember(
    river: River, key: str, publication: "Publication", *, also: Iterable[Path], now: datetime
) -> None:
    from syndicate.feeds import announcing
    from syndicate.pipeline import archived

    archived.remember(river.settings.outbox, publication.archives)
    root = _root(river)
    left = _Left(
        key=key,
        documents=tuple(relpath(each, root) for each in (*publication.documents, *also)),
        feeds={name: (each.mark, each.entries) for name, each in publication.stood.items()},
    )
    write_if_changed(river.settings.outbox / _PUBLISHED, json.dumps(asdict(left), indent=1).encode())
    visible = announcing.documents(river.settings, river.source.site)
    with river.engine.begin() as connection:
        meta.write(connection, _PUBLISHED_UNDER, key)
        announcing.announce(connection, visible, hub=river.settings.publish.hub, now=now)


def _forget(river: River) -> None:
    """Claim nothing of this outbox from now on until it is whole again.

    A pass that ends in between leaves some files as they are to be and others as they were: were what changed
    taken back, the next one would find all as it was left.
    """
    path = river.settings.outbox / _PUBLISHED
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def _stands(river: River, key: str) -> bool:
    """Give whether this outbox was published under ``key``: on a shared store another one may have been."""
    left = _left(river)
    return left.key == key and all((_root(river) / name).is_file() for name in left.documents)


def _left(river: River) -> _Left:
    """Give how the outbox was left; nothing where that is unknown, for then all is looked at."""
    try:
        left = json.loads((river.settings.outbox / _PUBLISHED).read_bytes())
        return _Left(
            key=left["key"],
            documents=tuple(map(str, left["documents"])),
            feeds={name: (mark, int(entries)) for name, (mark, entries) in left["feeds"].items()},
        )
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return _Left()


def _root(river: River) -> Path:
    return river.settings.outbox / "public"


def written_under(river: River) -> str:
    """Give a word that changes with the program, the settings, the site and the templates."""
    settings = river.settings
    stamps = _template_stamps(settings.templates)
    said = (settings.feeds, settings.publish, settings.redirects, settings.posts)
    return _hash(__version__, *said, river.source.site, *stamps)


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _template_stamps(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())
