"""The whole river on one screen: one pass detects, publishes, freezes what is due, sends it, and tells hubs.

This is the door to the package; its modules import each other, never the door.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from syndicate.errors import SyndicateError
from syndicate.pipeline.ahead import Ahead
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
    from syndicate.pipeline.downstream import flow_on  # `build` spares itself a tenth of all imports

    now = clock()
    detection, publication, problems = publish_posts(river, now=now, progress=progress)
    warnings = river.refreshed.warnings
    done = Pass(detection=detection, publication=publication, problems=problems, warnings=warnings)
    return flow_on(river, done, now=now, clock=clock, progress=progress, stopping=stopping)


def publish_posts(
    river: River, *, now: datetime, progress: Progress
) -> tuple[Detection, "Publication | None", tuple[SyndicateError, ...]]:
    """Notice what is new on the site, and write feeds and pages; give what stopped either as well."""
    with Ahead(river) as ahead:
        if river.begun:
            ahead.prepare()
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
