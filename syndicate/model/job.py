"""A small durable task outside an edition: a notice, a ping, a webhook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

JobId = NewType("JobId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done; ``kind`` and ``key`` together say what it is, so that it waits once at most."""

    kind: str
    key: str
    #: What whoever does it has to know.
    payload: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A task as the store holds it; one that is done is there no more."""

    id: JobId
    task: Task
    #: Grows each time the task is asked for again, also while it is being done.
    revision: int
    #: Tries since it was last asked for, with the present one.
    attempts: int
    not_before: datetime
    #: When it was tried for the last time and is tried no more; ``None`` while it is.
    given_up_at: datetime | None
    #: What the last try came to, in words; "" before there was one.
    reply: str
