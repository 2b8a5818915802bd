"""What becomes of a job that failed: pure."""

import hashlib
from datetime import datetime, timedelta

from syndicate.model.job import Job

#: With the waits below, a job is tried for some eight hours.
TRIES = 10
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=4)
#: A server that asks for more has forgotten us (RFC 9110 §10.2.3).
_LONGEST_ABSENCE = timedelta(days=1)
_SPACE = 2**64


def retry_at(job: Job, stay_away: timedelta | None, *, now: datetime) -> datetime | None:
    """Give the next try after the one that just failed; ``None`` where it was the last.

    The wait doubles from one minute to four hours, each shortened by up to a half: the part comes from the
    job's number and the try, so that what failed together isn't tried together, and a test can tell. It is
    no shorter than ``stay_away``, up to a day.
    """
    if job.attempts >= TRIES:
        return None
    longest: timedelta = min(_FIRST_WAIT * int(2 ** (job.attempts - 1)), _LONGEST_WAIT)
    wait = longest * (1 - _part(job) / 2)
    return now + max(wait, min(stay_away or wait, _LONGEST_ABSENCE))


def _part(job: Job) -> float:
    digest = hashlib.blake2b(f"{job.id}:{job.attempts}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / _SPACE
