"""What was given up, in words for an editor."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from syndicate.model.job import Job
from syndicate.store import jobs
from syndicate.store.engine import reading

#: How long a job that was given up is named.
NAMED_FOR = timedelta(days=7)


def given_up(engine: sa.Engine, *, now: datetime) -> tuple[str, ...]:
    """Give one line for each reason for which jobs are tried no more: what was said, and about what."""
    with reading(engine) as connection:
        found = jobs.given_up(connection, since=now - NAMED_FOR)
    by_reply: dict[str, list[Job]] = {}
    for each in found:
        by_reply.setdefault(each.reply, []).append(each)
    return tuple(_line(reply, about) for reply, about in by_reply.items())


def _line(reply: str, about: list[Job]) -> str:
    more = f" and {len(about) - 1} more" if len(about) > 1 else ""
    tries = max(each.attempts for each in about)
    return f"{reply} (given up after {tries} {'try' if tries == 1 else 'tries'}: {about[0].task.key}{more})"
