import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from syndicate.posts.side_by_side import crew, helpers_for

MANY = range(1_000)
OPEN = Path("/proc/self/fd")

#: The test runner has threads, and the helpers of these tests do nothing that could meet them.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


def side_by_side(
    work: Callable[[int], int], things: Sequence[int], *, helpers: int
) -> Iterator[tuple[int, int]]:
    with crew(work, things, helpers=helpers) as working:
        yield from working.results()


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_each_thing_has_its_own_result_once(helpers: int) -> None:
    found = list(side_by_side(lambda each: each * each, MANY, helpers=helpers))

    assert sorted(found) == [(place, place * place) for place in MANY]


def test_helpers_work_before_anybody_asks_for_results() -> None:
    with crew(lambda _each: os.getpid(), MANY, helpers=1) as working:
        working.helpers[0].wait()
        pids = {pid for _, pid in working.results()}

    assert len(pids) == 1
    assert os.getpid() not in pids


def test_this_process_takes_what_a_slow_helper_leaves() -> None:
    here = os.getpid()
    reading, writing = os.pipe()

    def work(_each: int) -> int:
        if os.getpid() != here:
            os.read(reading, 1)  # until this end has done all the rest
        return os.getpid()

    with crew(work, MANY, helpers=1) as working:
        found = working.results()
        counted = Counter(next(found)[1] for _ in range(960))
        os.write(writing, b"." * len(MANY))
        counted.update(pid for _, pid in found)

    os.close(reading)
    os.close(writing)
    assert counted[here] >= 960
    assert sum(counted.values()) == len(MANY)


def test_nothing_to_do_is_done_by_nobody() -> None:
    assert list(side_by_side(lambda each: each, [], helpers=1)) == []


def test_more_things_than_a_pipe_holds_numbers_are_all_done() -> None:
    many = range(100_003)

    assert sum(each for _, each in side_by_side(lambda each: each, many, helpers=1)) == sum(many)


def test_what_a_killed_helper_leaves_is_done_here() -> None:
    here = os.getpid()

    def work(each: int) -> int:
        if os.getpid() != here and each == 110:
            os.kill(os.getpid(), signal.SIGKILL)
        return each

    with crew(work, MANY, helpers=1) as working:
        working.helpers[0].wait()
        found = list(working.results())

    assert sorted(found) == [(each, each) for each in MANY]


def test_a_fault_in_a_helper_is_the_same_fault_here() -> None:
    def work(each: int) -> int:
        if each == 700:
            raise ValueError("a fault")
        return each

    with pytest.raises(ValueError, match="a fault"):
        list(side_by_side(work, MANY, helpers=1))


def test_who_has_seen_enough_leaves_no_process_behind() -> None:
    found = side_by_side(lambda each: each, MANY, helpers=1)
    next(found)

    found.close()

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_who_has_seen_enough_leaves_no_file_open() -> None:
    before = sorted(OPEN.iterdir())

    list(side_by_side(lambda each: each, MANY, helpers=2))

    assert sorted(OPEN.iterdir()) == before


def test_a_process_with_threads_has_no_helpers() -> None:
    stopping = threading.Event()
    thread = threading.Thread(target=stopping.wait)
    thread.start()

    with_thread = helpers_for(100_000)
    stopping.set()
    thread.join()

    assert with_thread == 0


def test_a_handful_is_done_alone() -> None:
    assert helpers_for(100) == 0


KILLED = """
import os, sys, time
from syndicate.posts.side_by_side import crew

def work(each):
    if os.getpid() == here:
        print("begun", flush=True)
        time.sleep(600)
    time.sleep(0.001)
    return each

here = os.getpid()
with crew(work, range(2_000_000), helpers=1) as working:
    list(working.results())
"""


def test_a_helper_ends_with_its_process() -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"

    process.kill()

    # The helper holds the other end: this ends when both are gone, long before its work would be done.
    assert process.communicate(timeout=30) == ("", None)
