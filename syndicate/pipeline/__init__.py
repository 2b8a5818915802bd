"""The whole river on one screen: one pass detects, publishes, freezes what is due, sends it, and tells hubs.

This is the door to the package; its modules import each other, never the door. What only sending takes is
imported where a whole pass is made: a tenth of what `syndicate build` costs where nothing has changed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from syndicate.errors import SyndicateError
from syndicate.pipeline.ahead import working_ahead
from syndicate.pipeline.archive import PUBLIC, archive, edition_folder
from syndicate.pipeline.publishing import notice, outdated, publish_under
from syndicate.pipeline.river import Pass, Progress, River
from syndicate.posts.detection import Detection

if TYPE_CHECKING:
    from syndicate.feeds.publishing import Publication

__all__ = [
    "Pass",
    "Progress",
    "River",
    "edition_folder",
    "publish_posts",
    "run_pass",
]


def run_pass(
    river: River,
    *,
    clock: Callable[[], datetime],
    progress: Progress,
    stopping: Callable[[], bool] = lambda: False,
) -> Pass:
    """Take the river from its source to its mouth once; running it again goes on where it was.

    Feeds that can't be written hold up no mail. Once ``stopping`` says yes, what is on the wire is settled
    and the rest left for the next pass.
    """
    from syndicate.audience.unconfigured import unconfigured
    from syndicate.jobs.naming import given_up
    from syndicate.jobs.running import run_due
    from syndicate.pipeline.handling import handlers
    from syndicate.pipeline.sending import send_due
    from syndicate.schedule.occurrences import materialise
    from syndicate.schedule.starting import start

    now = clock()
    detection, publication, unpublished = publish_posts(river, now=now, progress=progress)
    started = [each.name for each in river.settings.lists if start(river.engine, each, now=now)]
    materialise(river.engine, river.settings.lists, now=now)
    moved, stopped = send_due(river, clock=clock, progress=progress, stopping=stopping)
    alone = not river.settings.store.url  # who has the embedded store's outbox has its jobs
    jobs = run_due(river.engine, handlers(river), clock=clock, alone=alone, stopping=stopping)
    return Pass(
        detection=detection,
        publication=publication,
        started=tuple(started),
        editions=moved,
        problems=(*unpublished, *stopped),
        jobs=jobs,
        warnings=(
            *river.refreshed.warnings,
            *unconfigured(river.engine, river.settings.lists),
            *given_up(river.engine, now=clock()),
        ),
    )


def publish_posts(
    river: River, *, now: datetime, progress: Progress
) -> tuple[Detection, "Publication | None", tuple[SyndicateError, ...]]:
    """Notice what is new on the site, and write feeds and pages; give what stopped either as well."""
    with working_ahead(river) as ahead:
        detection = notice(river, now=now, progress=progress, heard=ahead.hear)
        unreached = river.refreshed.problems
        circumstances = outdated(river, detection)
        if circumstances is None:
            return detection, None, unreached
        unarchived = archive(river, PUBLIC, now=now)
        ahead.bring()
    try:
        publication = publish_under(river, circumstances, detection, now=now, progress=progress)
    except SyndicateError as error:
        return detection, None, (*unreached, *unarchived, error)
    return detection, publication, (*unreached, *unarchived)
