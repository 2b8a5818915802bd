"""The river for as long as somebody lets it run; APScheduler is the clock, and only that.

Memory job store, one fixed job: to ask for a pass. What is due stands in the store, and a missed tick is
caught up by the next one. APScheduler's own stores lose or double jobs, its default grace drops late ones.
A change in the site's folder asks for a pass too; however many ask while one is made, one follows.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syndicate.pipeline import Pass, River, run_pass

#: How often the site is looked at and the schedule asked (seconds).
EVERY_SECONDS = 15
#: The least and the longest time from the end of one pass to the next (seconds). In between it is as long
#: as the pass took: a site that never rests costs half a core.
_BREATH_SECONDS = (0.05, 1.0)

Report = Callable[[Pass], None]
Complain = Callable[[Exception], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The folder in which a change asks for a pass."""

    root: Path
    #: Folders within it that we or others write to.
    ignored: tuple[Path, ...]
    #: Hears when it can't be watched.
    warn: Callable[[str], None]


def watch(look: Callable[[], River], *, folder: Watched, report: Report, complain: Complain) -> None:
    """Make a pass now, every few seconds, and when ``folder`` changes, until SIGTERM or SIGINT.

    Then settle what is on the wire. ``look`` gives the river for each pass, so that a change of the site's
    own configuration is seen.
    """
    wanted = threading.Event()
    with _woken_by_signals() as woken, asked_to_stop() as stopping:
        passes = _thread(
            _make_passes, wanted, stopping, lambda: _one_pass(look, report, complain, stopping.is_set)
        )
        changes = _thread(_ask_at_changes, folder, wanted, stopping)
        clock = _clock(wanted.set)
        clock.start()
        try:
            while not stopping.is_set():
                os.read(woken, 1)
        finally:
            stopping.set()
            wanted.set()
            clock.shutdown(wait=True)
            changes.join()
            passes.join()


def _thread(work: Callable[..., None], *arguments: object) -> threading.Thread:
    # Daemons: a second signal breaks off at once, whatever they are at.
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


def _make_passes(wanted: threading.Event, stopping: threading.Event, one_pass: Callable[[], None]) -> None:
    """Make a pass whenever one is wanted; what is asked for while it is made is answered by the next."""
    while wanted.wait() and not stopping.is_set():
        wanted.clear()
        begun = time.monotonic()
        one_pass()
        least, longest = _BREATH_SECONDS
        stopping.wait(min(max(least, time.monotonic() - begun), longest))


def _ask_at_changes(folder: Watched, wanted: threading.Event, stopping: threading.Event) -> None:
    from syndicate.posts.watching import changes

    for _ in changes(folder.root, ignored=folder.ignored, stopping=stopping, warn=folder.warn):
        wanted.set()


@contextmanager
def _woken_by_signals() -> Iterator[int]:
    """Give a pipe that has a byte for each signal; for the main thread.

    Who waits for the event itself may sleep on: Python calls the handler between two steps of the main
    thread, and one that came too late for the last waits for the next. Or it is called within the event, and
    waits for its lock.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield reading
    finally:
        signal.set_wakeup_fd(before)
        os.close(reading)
        os.close(writing)


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


def _clock(tick: Callable[[], None]) -> Any:  # noqa: ANN401 - apscheduler has no types
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    clock = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
    # Late is better than never: no grace ends, missed ticks are one tick.
    clock.add_job(
        tick,
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
