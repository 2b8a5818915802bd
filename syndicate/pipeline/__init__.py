"""The whole river on one screen: one pass detects, publishes, freezes what is due, and dispatches it.

This is the door to the package; its modules import each other, never the door.
"""

from collections.abc import Callable
from datetime import datetime

from syndicate.audience.unconfigured import unconfigured
from syndicate.errors import SyndicateError
from syndicate.feeds.publishing import Publication
from syndicate.pipeline.archive import PUBLIC, archive, edition_folder
from syndicate.pipeline.publishing import notice, outdated, publish_under
from syndicate.pipeline.releasing import count_as_sent
from syndicate.pipeline.river import Pass, Progress, River
from syndicate.pipeline.sending import compose_edition, list_of, send_due
from syndicate.posts.detection import Detection
from syndicate.schedule.occurrences import materialise
from syndicate.schedule.starting import start

__all__ = [
    "Pass",
    "Progress",
    "River",
    "compose_edition",
    "count_as_sent",
    "edition_folder",
    "list_of",
    "publish_posts",
    "run_pass",
    "send_due",
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
    now = clock()
    detection, publication, unpublished = publish_posts(river, now=now, progress=progress)
    started = [each.name for each in river.settings.lists if start(river.engine, each, now=now)]
    materialise(river.engine, river.settings.lists, now=now)
    moved, stopped = send_due(river, clock=clock, progress=progress, stopping=stopping)
    return Pass(
        detection=detection,
        publication=publication,
        started=tuple(started),
        editions=moved,
        problems=(*unpublished, *stopped),
        warnings=unconfigured(river.engine, river.settings.lists),
    )


def publish_posts(
    river: River, *, now: datetime, progress: Progress
) -> tuple[Detection, Publication | None, tuple[SyndicateError, ...]]:
    """Notice what is new on the site, and write feeds and pages; give what stopped either as well."""
    detection = notice(river, now=now, progress=progress)
    key = outdated(river, detection)
    if key is None:
        return detection, None, ()
    unarchived = archive(river, PUBLIC, now=now)
    try:
        return detection, publish_under(river, key, progress=progress), unarchived
    except SyndicateError as error:
        return detection, None, (*unarchived, error)
