"""One turn of the jobs that are due: claimed under a lease, done, and settled, within a bounded time."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from syndicate.errors import SyndicateError
from syndicate.jobs.naming import NAMED_FOR
from syndicate.jobs.retrying import TRIES, retry_at
from syndicate.model.job import Job, Task
from syndicate.store import jobs as store
from syndicate.store.engine import reading

#: Does a task within ``LEASE``, or raises: a ``SyndicateError`` that is ``permanent`` ends it, anything else
#: puts it off.
Handler = Callable[[Task], None]

LEASE = timedelta(minutes=5)
#: How long one turn goes on beginning jobs: the next pass, and its mail, waits for it.
TURN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one turn came to."""

    done: tuple[Task, ...] = ()
    put_off: tuple[Task, ...] = ()
    given_up: tuple[Task, ...] = ()


def run_due(
    engine: sa.Engine,
    handlers: Mapping[str, Handler],
    *,
    clock: Callable[[], datetime],
    alone: bool = False,
    stopping: Callable[[], bool] = lambda: False,
) -> Turn:
    """Do the jobs that are due, the longest waiting first, until none is left or the turn's time is over.

    Any number of processes may do so at once. One that knows itself ``alone`` waits for nobody's lease: who
    has a claim is dead. Nothing is done while the store is held.
    """
    begun, who = clock(), secrets.token_hex(8)
    with reading(engine) as connection:
        if not store.is_due(connection, handlers, now=begun):
            return Turn()
    if alone:
        with engine.begin() as connection:
            store.free(connection)
    settled: dict[str, list[Task]] = {"done": [], "put_off": [], "given_up": []}
    while clock() - begun < TURN and not stopping():
        with engine.begin() as connection:
            claimed = store.claim(connection, handlers, who=who, now=clock(), until=clock() + LEASE)
        if claimed is None:
            break
        failure = _attempt(claimed, handlers[claimed.task.kind])
        settled[_settle(engine, claimed, failure, who=who, now=clock())].append(claimed.task)
    with engine.begin() as connection:
        store.forget_given_up(connection, before=begun - NAMED_FOR)
    return Turn(**{name: tuple(tasks) for name, tasks in settled.items()})


@dataclass(frozen=True, slots=True)
class _Failure:
    reply: str
    permanent: bool
    #: How long whoever was asked wants to be left alone.
    stay_away: timedelta | None = None


def _attempt(job: Job, handler: Handler) -> _Failure | None:
    if job.attempts > TRIES:  # each try ended with the process, before it could be settled
        return _Failure("the process that tried it stopped each time", permanent=True)
    try:
        handler(job.task)
    except SyndicateError as error:
        return _Failure(str(error), error.permanent, getattr(error, "retry_after", None))
    except Exception as error:  # noqa: BLE001 - the edge of a job: a fault in one stops no other
        return _Failure(f"{type(error).__name__}: {error}", permanent=False)
    return None


def _settle(engine: sa.Engine, job: Job, failure: _Failure | None, *, who: str, now: datetime) -> str:
    """Write down what became of a job; give it in a word."""
    again = None if failure is None or failure.permanent else retry_at(job, failure.stay_away, now=now)
    with engine.begin() as connection:
        if failure is None:
            store.finish(connection, job, who=who)
            return "done"
        if again is not None:
            store.put_off(connection, job, who=who, not_before=again, reply=failure.reply)
            return "put_off"
        store.give_up(connection, job, who=who, at=now, reply=failure.reply)
        return "given_up"
