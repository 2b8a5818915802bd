"""The lower half of the river: from what is due to what has left."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from syndicate.dispatch.withdrawing import finish
from syndicate.errors import SyndicateError
from syndicate.model.edition import Edition, EditionState
from syndicate.model.post import TrackedPost
from syndicate.pipeline.archive import LEAVING, archive, edition_folder
from syndicate.pipeline.river import Progress, River, Sent
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import copies, editions, holding, shapings
from syndicate.store.engine import reading

if TYPE_CHECKING:
    from syndicate.digests.rendering import Digest

#: Editions that a pass does something about when their time has come.
_DUE = (EditionState.COLLECTING, EditionState.FREEZING, *LEAVING)
#: What was sent in this time, and then forgotten by a restored copy, is sent again at worst.
_RENEW_AFTER = timedelta(seconds=5)


def send_due(
    river: River,
    *,
    clock: Callable[[], datetime],
    progress: Progress,
    stopping: Callable[[], bool] = lambda: False,
) -> Sent:
    """Freeze and dispatch what is due; nothing at all while the store is held."""
    if not _may_send(river, now=clock()):
        return Sent()
    copies.renew(river.engine, river.settings.outbox)
    done = _send_due(river, clock=clock, progress=_renewing(river, clock, progress), stopping=stopping)
    copies.renew(river.engine, river.settings.outbox)
    return done


def _renewing(river: River, clock: Callable[[], datetime], progress: Progress) -> Progress:
    """Let the lease grow while something is sent, so that a copy made in the midst of it is known as one."""
    renewed = clock()

    def report(stage: str, done: int, total: int) -> None:
        nonlocal renewed
        if clock() - renewed >= _RENEW_AFTER:
            with suppress(SyndicateError):  # no reason to leave what is claimed in doubt
                copies.renew(river.engine, river.settings.outbox)
            renewed = clock()
        progress(stage, done, total)

    return report


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
) -> Sent:
    from syndicate.dispatch.local import deliver_due, freeze_due

    frozen = freeze_due(
        river.engine,
        river.settings,
        render=partial(compose_edition, river),
        now=clock(),
        progress=partial(_edition_progress, progress),
    )
    unarchived = archive(river, LEAVING, now=clock())
    sent = deliver_due(
        river.engine,
        river.settings,
        clock=clock,
        progress=partial(_edition_progress, progress),
        stopping=stopping,
    )
    latest = {edition.id: edition for edition in (*frozen.editions, *sent.editions)}
    return Sent(
        editions=tuple(latest.values()),
        problems=(*frozen.problems, *unarchived, *sent.problems),
        warnings=sent.warnings,
    )


def compose_edition(river: River, owed: Sequence[TrackedPost], edition: Edition) -> "Digest":
    """Give what an edition says to readers who are owed these posts."""
    from syndicate.digests.rendering import render

    with reading(river.engine) as connection:
        shaping = shapings.of(connection, edition.list_name, edition.id)
    return render(
        owed,
        list_settings=list_of(river.settings, edition.list_name),
        site=river.source.site,
        settings=river.settings,
        at=edition.due_at,
        edition_url=f"{river.settings.publish.base_url}/{edition_folder(edition.list_name, edition.id)}/",
        contents=lambda tracked: river.source.content_html(tracked.post.path),
        number=edition.id,
        shaping=shaping,
    )


def list_of(settings: Settings, name: str) -> ListSettings:
    """Give the list of that name; dispatch works on configured lists only."""
    return next(each for each in settings.lists if each.name == name)


def _edition_progress(progress: Progress, edition: Edition, stage: str, done: int, total: int) -> None:
    progress(f"{stage} edition {edition.id}", done, total)
