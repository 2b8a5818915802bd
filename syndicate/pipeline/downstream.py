"""What a pass does once the feeds are written: it freezes what is due, sends it, and tells hubs.

Imported by who makes a whole pass, for it takes much that writing feeds doesn't.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from syndicate.audience.unconfigured import unconfigured
from syndicate.jobs.naming import given_up
from syndicate.jobs.running import run_due
from syndicate.pipeline.handling import handlers
from syndicate.pipeline.river import Pass, Progress, River
from syndicate.pipeline.sending import send_due
from syndicate.schedule.occurrences import materialise
from syndicate.schedule.starting import start


def flow_on(  # noqa: PLR0913 - the river and its pass so far, an instant and the clock, and what hears and is heard
    river: River,
    done: Pass,
    *,
    now: datetime,
    clock: Callable[[], datetime],
    progress: Progress,
    stopping: Callable[[], bool],
) -> Pass:
    """Take the river from its feeds to its mouth; give the whole pass, of which ``done`` is the beginning."""
    lists = river.settings.lists
    started = [each.name for each in lists if start(river.engine, each, now=now)]
    materialise(river.engine, lists, now=now)
    sent = send_due(river, clock=clock, progress=progress, stopping=stopping)
    alone = not river.settings.store.url  # who has the embedded store's outbox has its jobs
    jobs = run_due(river.engine, handlers(river), clock=clock, alone=alone, stopping=stopping)
    told = (*unconfigured(river.engine, lists), *given_up(river.engine, now=clock()))
    return replace(
        done,
        started=tuple(started),
        editions=sent.editions,
        problems=(*done.problems, *sent.problems),
        jobs=jobs,
        warnings=(*done.warnings, *sent.warnings, *told),
    )
