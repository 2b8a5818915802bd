"""Starting anew with a store that may have sent more than it knows."""

import sys
from dataclasses import replace
from datetime import datetime, timedelta

from syndicate.dispatch.dropping import drop_all
from syndicate.pipeline.publishing import notice
from syndicate.pipeline.river import Progress, River
from syndicate.posts.detection import release
from syndicate.schedule.occurrences import materialise
from syndicate.schedule.starting import start


def count_as_sent(river: River, *, who: str, why: str, now: datetime, progress: Progress) -> None:
    """Let whatever the site has by now count as sent to everybody; the store has to be held, and stays it.

    A post that this store sees for the first time may have been mailed by the one it was put back from: it
    arrives now, without a wait, and before everybody's cursor. After a crash, call it again.
    """
    at_once = replace(river.settings.posts, settle=timedelta(0), flood_guard=sys.maxsize)
    eager = replace(river, settings=replace(river.settings, posts=at_once))
    notice(eager, now=now, progress=progress)
    release(river.engine)
    for each in river.settings.lists:
        start(river.engine, each, now=now)
    materialise(river.engine, river.settings.lists, now=now)
    drop_all(river.engine, river.settings, who=who, why=why, now=now)
