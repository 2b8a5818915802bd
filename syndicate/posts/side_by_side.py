"""The same work on many things, by as many processes as there are cores for it.

Only where a fork is safe and pays: on Linux, in a process without other threads, and for a first look at a
site or one under new rules. A process that watches has threads, and does its work alone.
"""

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Fewer things than this for a process aren't worth it.
_LEAST_EACH = 200
_MOST_PROCESSES = 4
#: What a helper packs up together.
_AT_ONCE = 50


def helpers_for(count: int) -> int:
    """Give how many processes besides this one should work on so many things."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 0
    processes = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES, count // _LEAST_EACH)
    return max(processes - 1, 0)


def side_by_side(work: Callable[[T], R], things: Sequence[T], *, helpers: int) -> Iterator[R]:
    """Yield what ``work`` gives for each of ``things``, in their order.

    ``work`` may read files and nothing else, and what it gives has to be picklable. What a helper doesn't
    bring home, because it was killed or found no memory, is done here.
    """
    own, *others = _parts(things, helpers + 1)
    helping = [begun(work, part) for part in others]
    try:
        yield from map(work, own)
        for helper in helping:
            yield from helper.results()
    finally:
        for helper in helping:
            helper.dismiss()


def _parts(things: Sequence[T], count: int) -> list[Sequence[T]]:
    edges = [len(things) * index // count for index in range(count + 1)]
    return [things[start:end] for start, end in pairwise(edges)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper(Generic[T, R]):
    """A fork of this process that is at work on its part."""

    work: Callable[[T], R]
    things: Sequence[T]
    pid: int
    #: What it brings comes out of here.
    pipe: int

    def results(self) -> Iterator[R]:
        """Yield what it found; what it brings no more is found here."""
        brought = 0
        with os.fdopen(os.dup(self.pipe), "rb") as pipe, suppress(pickle.UnpicklingError, EOFError):
            while brought < len(self.things):
                some: list[R] = pickle.load(pipe)  # noqa: S301 - written by our own fork
                brought += len(some)
                yield from some
        yield from map(self.work, self.things[brought:])

    def dismiss(self) -> None:
        """End it, if it hasn't ended, and leave nothing of it."""
        os.close(self.pipe)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def begun(work: Callable[[T], R], things: Sequence[T], *, at_once: int = _AT_ONCE) -> Helper[T, R]:
    """Give a helper at work on ``things``; only where ``helpers_for`` allows one. Dismiss it in the end.

    It packs up ``at_once`` of what it found together, and looks as often whether we are still there.
    """
    reading, writing = os.pipe()
    parent = os.getpid()
    gc.freeze()  # what is there by now stays: to look through it again would copy its pages, here and there
    pid = os.fork()
    if pid == 0:
        parts = [things[start : start + at_once] for start in range(0, len(things), at_once)]
        _toil(work, parts, writing, parent=parent)
    os.close(writing)
    return Helper(work=work, things=things, pid=pid, pipe=reading)


def _toil(work: Callable[[T], R], parts: Iterable[Sequence[T]], pipe: int, *, parent: int) -> NoReturn:
    """Do the work, write all of it to the pipe, and end without a trace in the terminal."""
    try:
        packed = []
        for part in parts:
            if os.getppid() != parent:  # it was killed, and nobody must wait for us to let go of the outbox
                os._exit(1)
            some = [work(each) for each in part]
            packed.append(pickle.dumps(some, protocol=pickle.HIGHEST_PROTOCOL))
        # Not before: who fills a pipe that nobody reads yet has to wait.
        with os.fdopen(pipe, "wb") as file:
            file.writelines(packed)
    finally:
        os._exit(0)
