"""The whole river on one screen: one pass detects, publishes, freezes what is due, and dispatches it."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from syndicate import __version__
from syndicate.digests.archiving import public_page
from syndicate.digests.rendering import Digest, render
from syndicate.dispatch.local import deliver_due, freeze_due
from syndicate.dispatch.withdrawing import finish
from syndicate.errors import SyndicateError
from syndicate.feeds.publishing import Publication, is_published, publish
from syndicate.files import write_if_changed
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.post import TrackedPost
from syndicate.posts.detection import Detection, detect
from syndicate.posts.source import Source
from syndicate.schedule.occurrences import materialise
from syndicate.schedule.starting import start
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import copies, editions, holding, meta, posts, variants
from syndicate.store.engine import reading

#: Told the stage, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

#: What the feeds were last written under: in the store, which a backup turns back, and in the outbox.
_PUBLISHED_UNDER = "feeds.published_under"
_PUBLISHED = ".published"
#: Editions whose messages lead to their page, now or before long; and all that ever did.
_LEAVING = (EditionState.SCHEDULED, EditionState.SENDING)
#: Editions that a pass does something about when their time has come.
_DUE = (EditionState.COLLECTING, EditionState.FREEZING, *_LEAVING)
_PUBLIC = (*_LEAVING, EditionState.PAUSED, EditionState.SENT, EditionState.SENT_WITH_EXCEPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """What flows and where: a site, a store, and settings without blanks."""

    settings: Settings
    source: Source
    engine: sa.Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What one pass did."""

    detection: Detection
    #: ``None`` where nothing that a feed shows has changed.
    publication: Publication | None
    #: Lists that started in this pass.
    started: tuple[str, ...] = ()
    #: Editions that were frozen, sent, skipped or missed in this pass, as they stand now.
    editions: tuple[Edition, ...] = ()
    #: What stopped single editions; everything else went on.
    problems: tuple[SyndicateError, ...] = ()


def run_pass(
    river: River,
    *,
    clock: Callable[[], datetime],
    progress: Progress,
    stopping: Callable[[], bool] = lambda: False,
) -> Pass:
    """Take the river from its source to its mouth once; running it again goes on where it was.

    Once ``stopping`` says yes, what is on the wire is settled and the rest left for the next pass.
    """
    now = clock()
    detection, publication = publish_posts(river, now=now, progress=progress)
    started = [each.name for each in river.settings.lists if start(river.engine, each, now=now)]
    materialise(river.engine, river.settings.lists, now=now)
    moved, problems = send_due(river, clock=clock, progress=progress, stopping=stopping)
    return Pass(
        detection=detection,
        publication=publication,
        started=tuple(started),
        editions=moved,
        problems=problems,
    )


def publish_posts(river: River, *, now: datetime, progress: Progress) -> tuple[Detection, Publication | None]:
    """Notice what is new on the site, and write feeds and pages where that, or somebody, changed them."""
    detection = detect(
        river.engine,
        river.source,
        settings=river.settings.posts,
        now=now,
        progress=partial(progress, "reading posts"),
    )
    with reading(river.engine) as connection:
        under = meta.read(connection, _PUBLISHED_UNDER)
        revision = meta.read(connection, meta.POSTS_REVISION)
        key = _publishing_key(river, revision=revision, problems=detection.problems)
        if under == key and _stands(river, key):
            return detection, None
        live = posts.live(connection)
    archive(river, _PUBLIC, now=now)
    publication = publish(live, river.source, river.settings, progress=partial(progress, "writing feeds"))
    write_if_changed(river.settings.outbox / _PUBLISHED, key.encode())
    with river.engine.begin() as connection:
        meta.write(connection, _PUBLISHED_UNDER, key)
    return detection, publication


def _stands(river: River, key: str) -> bool:
    """Give whether this outbox was published under ``key``: on a shared store another one may have been."""
    try:
        here = (river.settings.outbox / _PUBLISHED).read_bytes()
    except OSError:
        return False
    return here == key.encode() and is_published(river.settings, river.source.site)


def send_due(
    river: River,
    *,
    clock: Callable[[], datetime],
    progress: Progress,
    stopping: Callable[[], bool] = lambda: False,
) -> tuple[tuple[Edition, ...], tuple[SyndicateError, ...]]:
    """Freeze and dispatch what is due; give the editions as they stand now, and what stopped single ones.

    Nothing at all while the store is held.
    """
    if not _may_send(river, now=clock()):
        return (), ()
    copies.renew(river.engine, river.settings.outbox)
    try:
        return _send_due(river, clock=clock, progress=progress, stopping=stopping)
    finally:
        copies.renew(river.engine, river.settings.outbox)


def _may_send(river: River, *, now: datetime) -> bool:
    """Finish what was taken back; give whether anything is due, and the store may send."""
    with reading(river.engine) as connection:
        if holding.held(connection) is not None:
            return False
    lists, dispatch = river.settings.lists, river.settings.dispatch
    finish(river.engine, lists, lease=dispatch.lease if river.settings.store.url else None, now=now)
    with reading(river.engine) as connection:
        due = editions.due(connection, _DUE, now=now)
    return bool({each.list_name for each in due} & {each.name for each in lists})


def _send_due(
    river: River, *, clock: Callable[[], datetime], progress: Progress, stopping: Callable[[], bool]
) -> tuple[tuple[Edition, ...], tuple[SyndicateError, ...]]:
    frozen = freeze_due(
        river.engine,
        river.settings,
        render=partial(compose_edition, river),
        now=clock(),
        progress=partial(_edition_progress, progress),
    )
    archive(river, _LEAVING, now=clock())
    sent = deliver_due(
        river.engine,
        river.settings,
        clock=clock,
        progress=partial(_edition_progress, progress),
        stopping=stopping,
    )
    latest = {edition.id: edition for edition in (*frozen.editions, *sent.editions)}
    return tuple(latest.values()), (*frozen.problems, *sent.problems)


def compose_edition(river: River, owed: Sequence[TrackedPost], edition: Edition) -> Digest:
    """Give what an edition says to readers who are owed these posts."""
    return render(
        owed,
        list_settings=list_of(river.settings, edition.list_name),
        site=river.source.site,
        settings=river.settings,
        at=edition.due_at,
        edition_url=f"{river.settings.publish.base_url}/{edition_folder(edition.list_name, edition.id)}/",
        contents=lambda tracked: river.source.content_html(tracked.post.path),
    )


def archive(river: River, states: Collection[EditionState], *, now: datetime) -> None:
    """Write the missing public pages of editions in these states, once due: where "view in browser" leads."""
    with reading(river.engine) as connection:
        found = editions.due(connection, states, now=now)
    for edition in found:
        path = river.settings.outbox / "public" / edition_folder(edition.list_name, edition.id) / "index.html"
        if not path.exists():  # what was frozen doesn't change
            write_if_changed(path, _public_page(river.engine, edition.id).encode())


def _public_page(engine: sa.Engine, edition_id: EditionId) -> str:
    with reading(engine) as connection:
        widest = variants.of_edition(connection, edition_id)[0]
    return public_page(html=widest.html, wire=widest.wire)


def edition_folder(list_name: str, edition_id: EditionId) -> str:
    """Give the place of an edition's page below the web root."""
    return f"editions/{list_name}/{edition_id}"


def list_of(settings: Settings, name: str) -> ListSettings:
    """Give the list of that name; dispatch works on configured lists only."""
    return next(each for each in settings.lists if each.name == name)


def _edition_progress(progress: Progress, edition: Edition, stage: str, done: int, total: int) -> None:
    progress(f"{stage} edition {edition.id}", done, total)


def _publishing_key(river: River, *, revision: str | None, problems: Sequence[str]) -> str:
    """Give what the published files depend on, so that a pass that changes none of it writes nothing.

    ``problems`` too: an unreadable post may stand in a feed by its excerpt, until it can be read again.
    """
    settings, site = river.settings, river.source.site
    parts = (
        __version__,
        settings.feeds,
        settings.publish,
        site,
        revision,
        problems,
        *_template_stamps(settings.templates),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _template_stamps(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())
