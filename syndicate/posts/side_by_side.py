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
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from struct import Struct
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Fewer things than this for a process aren't worth it.
_LEAST_EACH = 200
_MOST_PROCESSES = 4
#: How many things a process takes from the pile together.
_AT_ONCE = 20
#: A number in the pile, and before what a helper brings, the bytes of it.
_NUMBER = Struct("=I")
#: Of a pipe's room, a page is certain to be there (pipe(7)).
_PILE_NUMBERS = 4_096 // _NUMBER.size
#: What Python raises in the middle of anything.
_INTERRUPTIONS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
_LAST_STANDARD_STREAM = 2


def helpers_for(count: int) -> int:
    """Give how many processes besides this one should work on so many things."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 0
    # Whoever started us may have it so. Nobody can wait for a child then, and its number becomes another's.
    if signal.getsignal(signal.SIGCHLD) == signal.SIG_IGN:
        return 0
    processes = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES, count // _LEAST_EACH)
    return max(processes - 1, 0)


class Helper(Generic[R]):
    """A fork of this process that takes from the same pile."""

    def __init__(self, pid: int, brought: int) -> None:
        self._pid = pid
        #: A file in memory: who fills a pipe that nobody reads yet has to wait.
        self._brought = brought
        self._taken = 0

    def results(self) -> Iterator[tuple[int, list[R]]]:
        """Yield what it has brought since the last time: where in the things it belongs, and what it is."""
        there = os.fstat(self._brought).st_size
        while self._taken + _NUMBER.size <= there:
            (size,) = _NUMBER.unpack(os.pread(self._brought, _NUMBER.size, self._taken))
            begins = self._taken + _NUMBER.size
            if begins + size > there:  # it is at it, or was killed
                return
            self._taken = begins + size
            yield pickle.loads(os.pread(self._brought, size, begins))  # noqa: S301 - by our own fork

    def wait(self) -> None:
        """Wait for its end."""
        os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOWAIT)  # it is ours until it is dismissed

    def dismiss(self) -> None:
        """End it, if it hasn't ended, and leave nothing of it."""
        os.close(self._brought)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew(Generic[T, R]):
    """Processes at work on the same things: each takes the next few when it is through with its last."""

    work: Callable[[T], R]
    things: Sequence[T]
    #: A pipe of numbers; each is read once, by one process, and says where the next few begin.
    pile: int
    at_once: int
    #: Those that aren't through.
    helpers: list[Helper[R]]

    def results(self) -> Iterator[tuple[int, R]]:
        """Yield what ``work`` gives for each of the things, and which one: as they come, each once.

        What a helper doesn't bring, because it was killed or found no memory, is done here.
        """
        missing = set(range(0, len(self.things), self.at_once))
        for begins, some in self._as_they_come():
            missing.discard(begins)
            yield from enumerate(some, begins)
        for begins in sorted(missing):
            yield from enumerate(self._next(begins), begins)

    def _as_they_come(self) -> Iterator[tuple[int, list[R]]]:
        while (begins := _taken(self.pile)) is not None:
            yield begins, self._next(begins)
            for helper in self.helpers:
                yield from helper.results()
        while self.helpers:  # what they brought is let go of: who began early may have long to go yet
            self.helpers[-1].wait()
            yield from self.helpers[-1].results()
            self.helpers.pop().dismiss()

    def _next(self, begins: int) -> list[R]:
        return [self.work(each) for each in self.things[begins : begins + self.at_once]]

    def toil(self, brought: int, *, parent: int) -> NoReturn:
        """Be a helper: work until the pile is empty, and end without a trace in the terminal."""
        try:
            _let_go_of_all_but({self.pile, brought})
            while os.getppid() == parent and (begins := _taken(self.pile)) is not None:
                packed = pickle.dumps((begins, self._next(begins)), protocol=pickle.HIGHEST_PROTOCOL)
                if os.write(brought, _NUMBER.pack(len(packed)) + packed) <= len(packed):
                    break  # the memory is full; more would stand where nobody looks for it
        finally:
            os._exit(0)

    def dismiss(self) -> None:
        """Leave nothing of it."""
        os.close(self.pile)
        for helper in self.helpers:
            helper.dismiss()


@contextmanager
def crew(
    work: Callable[[T], R], things: Sequence[T], *, helpers: int, at_once: int = _AT_ONCE
) -> Iterator[Crew[T, R]]:
    """Give so many helpers at work on ``things``, which this process joins when it asks for the results.

    No more than ``helpers_for`` allows. ``work`` may read files and nothing else, and what it gives has to be
    picklable.
    """
    at_once = max(at_once, -(-len(things) // _PILE_NUMBERS))
    pile = _piled(range(0, len(things), at_once))
    gathered: list[Helper[R]] = []
    working = Crew(work=work, things=things, pile=pile, at_once=at_once, helpers=gathered)
    try:
        with suppress(OSError):  # no process more can be had, or no memory: those that are there do it
            for _ in range(helpers):
                _beget(working, gathered)
        yield working
    finally:
        working.dismiss()


def _beget(working: Crew[T, R], gathered: list[Helper[R]]) -> None:
    """Fork a helper; ``OSError`` where there is no room for one.

    No interruption reaches either until both know who they are: a helper would unwind our stack, with all
    that it was to close, and we wouldn't dismiss it. A helper hears of none at all: it ends with us.
    """
    parent, brought = os.getpid(), _in_memory()
    gc.freeze()  # what is there by now stays: to look through it again would copy its pages, here and there
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
    try:
        pid = os.fork()
        if pid == 0:
            working.toil(brought, parent=parent)
        gathered.append(Helper(pid, brought))
    except OSError:
        os.close(brought)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)


def _in_memory() -> int:
    """Open a new file that has no name."""
    if hasattr(os, "memfd_create"):  # not in uv's Pythons before July 2026 (its issue 15081)
        return os.memfd_create("syndicate")
    return os.open("/dev/shm", os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)  # noqa: S108 - it gets no name


def _let_go_of_all_but(kept: Container[int]) -> None:
    """Close what was open at the fork: nobody must wait for a helper to let go of an outbox or a store."""
    with suppress(OSError):  # there is no /proc
        for each in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 - numbers, not paths
            if each > _LAST_STANDARD_STREAM and each not in kept:
                with suppress(OSError):  # the list itself is closed by now
                    os.close(each)


def _piled(numbers: Sequence[int]) -> int:
    """Give the end of a pipe from which any process may take the numbers, each once."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(map(_NUMBER.pack, numbers)))
    os.close(writing)
    return reading


def _taken(pile: int) -> int | None:
    """Give the next number; the kernel gives no two processes the same. ``None`` where none is left."""
    number = os.read(pile, _NUMBER.size)
    return _NUMBER.unpack(number)[0] if number else None
