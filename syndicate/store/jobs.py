"""Small durable jobs: asked for in the caller's own transaction, claimed under a lease, gone when done."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.model.job import Job, JobId, Task
from syndicate.store.engine import refresh
from syndicate.store.holding import unheld
from syndicate.store.tables import job


def put(connection: sa.Connection, task: Task, *, not_before: datetime) -> None:
    """Ask for a task; where it waits already, or is being done, it is done once more, from its first try.

    Whatever else the transaction writes is written with it, or neither is.
    """
    statement = refresh(
        connection,
        job,
        by=("kind", "key"),
        fresh=("payload", "not_before", "attempts", "given_up_at", "reply"),
        counted="revision",
    )
    row = {
        "kind": task.kind,
        "key": task.key,
        "payload": json.dumps(dict(task.payload), ensure_ascii=False, sort_keys=True),
        "revision": 1,
        "attempts": 0,
        "not_before": not_before,
        "given_up_at": None,
        "reply": "",
    }
    connection.execute(statement, row)


def claim(
    connection: sa.Connection, kinds: Collection[str], *, who: str, now: datetime, until: datetime
) -> Job | None:
    """Take the job that has waited longest, for ``who`` alone up to ``until``; ``None`` where none is due.

    A claim whose time is up belongs to a process that died. Nothing is due while the store is held.
    """
    due = (
        sa.select(job.c.id)
        .where(
            job.c.kind.in_(kinds),
            job.c.given_up_at.is_(None),
            job.c.not_before <= now,
            sa.or_(job.c.claimed_until.is_(None), job.c.claimed_until <= now),
            unheld(),
        )
        .order_by(job.c.not_before, job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    number = connection.execute(due).scalar_one_or_none()
    if number is None:
        return None
    taken = (
        sa.update(job)
        .where(job.c.id == number)
        .values(attempts=job.c.attempts + 1, claimed_by=who, claimed_until=until)
        .returning(*job.c)
    )
    return _job(connection.execute(taken).one())


def is_due(connection: sa.Connection, kinds: Collection[str], *, now: datetime) -> bool:
    """Give whether there is anything to claim, but for claims that others hold; takes no lock."""
    due = (job.c.kind.in_(kinds), job.c.given_up_at.is_(None), job.c.not_before <= now)
    return connection.execute(sa.select(job.c.id).where(*due).limit(1)).first() is not None


def finish(connection: sa.Connection, done: Job, *, who: str) -> None:
    """Forget a job that is done; one that was asked for again in the meantime waits for its next turn."""
    mine = (job.c.id == done.id, job.c.claimed_by == who)
    connection.execute(sa.delete(job).where(*mine, job.c.revision == done.revision))
    connection.execute(sa.update(job).where(*mine).values(claimed_by=None, claimed_until=None))


def put_off(connection: sa.Connection, tried: Job, *, who: str, not_before: datetime, reply: str) -> None:
    """Let a job wait for its next try; one that was asked for again keeps its own time."""
    _settle(connection, tried, who=who, not_before=not_before, reply=reply)


def give_up(connection: sa.Connection, tried: Job, *, who: str, at: datetime, reply: str) -> None:
    """Try a job no more; one that was asked for again in the meantime is."""
    _settle(connection, tried, who=who, given_up_at=at, reply=reply)


def _settle(connection: sa.Connection, tried: Job, *, who: str, **changes: object) -> None:
    mine = (job.c.id == tried.id, job.c.claimed_by == who)
    same = sa.update(job).where(*mine, job.c.revision == tried.revision)
    connection.execute(same.values(**changes))
    connection.execute(sa.update(job).where(*mine).values(claimed_by=None, claimed_until=None))


def free(connection: sa.Connection) -> None:
    """End every claim; for a process that knows that no other is at work on this store."""
    held = job.c.claimed_by.is_not(None)
    connection.execute(sa.update(job).where(held).values(claimed_by=None, claimed_until=None))


def given_up(connection: sa.Connection, *, since: datetime) -> list[Job]:
    """Give the jobs that nobody has tried any more since then, the latest first."""
    query = sa.select(job).where(job.c.given_up_at >= since).order_by(job.c.given_up_at.desc(), job.c.id)
    return [_job(row) for row in connection.execute(query)]


def waiting(connection: sa.Connection) -> list[Job]:
    """Give the jobs that are still to be done, in the order of their turn."""
    query = sa.select(job).where(job.c.given_up_at.is_(None)).order_by(job.c.not_before, job.c.id)
    return [_job(row) for row in connection.execute(query)]


def forget_given_up(connection: sa.Connection, *, before: datetime) -> None:
    """Forget what was given up so long ago that naming it helps nobody."""
    connection.execute(sa.delete(job).where(job.c.given_up_at < before))


def _job(row: sa.Row[Any]) -> Job:
    return Job(
        id=JobId(row.id),
        task=Task(kind=row.kind, key=row.key, payload=json.loads(row.payload)),
        revision=row.revision,
        attempts=row.attempts,
        not_before=row.not_before,
        given_up_at=row.given_up_at,
        reply=row.reply,
    )
