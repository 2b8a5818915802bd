"""The river for as long as somebody lets it run; APScheduler is the clock, and only that.

Memory job store, one worker, one fixed job: what is due stands in the store, and a missed tick is caught
up by the next one. APScheduler's own stores lose or double jobs, its default grace drops late ones.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from syndicate.pipeline import Pass, River, run_pass

#: How often the site is looked at and the schedule asked (seconds).
EVERY_SECONDS = 15

Report = Callable[[Pass], None]
Complain = Callable[[Exception], None]


def watch(look: Callable[[], River], *, report: Report, complain: Complain) -> None:
    """Make a pass now and then every few seconds, until SIGTERM or SIGINT; then settle what is on the wire.

    ``look`` gives the river for each pass, so that a change of the site's own configuration is seen.
    """
    with asked_to_stop() as stopping:
        clock = _clock(lambda: _one_pass(look, report, complain, stopping.is_set))
        clock.start()
        try:
            stopping.wait()
        finally:
            clock.shutdown(wait=True)


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Give an event that the first SIGTERM or SIGINT sets; a second one breaks off at once."""
    stopping = threading.Event()
    before: dict[int, Any] = {}

    def stop(_number: int, _frame: object) -> None:
        stopping.set()
        _handle(before)

    before |= _handle(dict.fromkeys((signal.SIGTERM, signal.SIGINT), stop))
    try:
        yield stopping
    finally:
        _handle(before)


def _handle(handlers: dict[int, Any]) -> dict[int, Any]:
    return {number: signal.signal(number, handler) for number, handler in handlers.items()}


def _clock(job: Callable[[], None]) -> Any:  # noqa: ANN401 - apscheduler has no types
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    clock = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
    # Late is better than never: no grace ends, missed ticks are one tick.
    clock.add_job(
        job,
        "interval",
        seconds=EVERY_SECONDS,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    return clock


def _one_pass(
    look: Callable[[], River], report: Report, complain: Complain, stopping: Callable[[], bool]
) -> None:
    try:
        done = run_pass(look(), clock=lambda: datetime.now(UTC), progress=lambda *_: None, stopping=stopping)
        report(done)
    except Exception as error:  # noqa: BLE001 - the edge of a pass: the disk is full, the site is away, a fault
        complain(error)
