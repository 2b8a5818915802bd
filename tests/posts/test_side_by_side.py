import os
import signal
import subprocess
import sys
import threading

import pytest

from syndicate.posts.side_by_side import helpers_for, side_by_side

MANY = range(1_000)

#: The test runner has threads, and the helpers of these tests do nothing that could meet them.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_results_come_in_the_order_of_the_things(helpers: int) -> None:
    assert list(side_by_side(lambda each: each * each, MANY, helpers=helpers)) == [n * n for n in MANY]


def test_helpers_take_their_share() -> None:
    pids = list(side_by_side(lambda _each: os.getpid(), MANY, helpers=1))

    assert pids.count(os.getpid()) == 500
    assert len(set(pids)) == 2


def test_nothing_to_do_is_done_by_nobody() -> None:
    assert list(side_by_side(lambda each: each, [], helpers=1)) == []


def test_what_a_killed_helper_leaves_is_done_here() -> None:
    here = os.getpid()

    def work(each: int) -> int:
        if os.getpid() != here and each == 700:
            os.kill(os.getpid(), signal.SIGKILL)
        return each

    assert list(side_by_side(work, MANY, helpers=1)) == list(MANY)


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
from syndicate.posts.side_by_side import side_by_side

def work(each):
    if os.getpid() == here:
        print("begun", flush=True)
        time.sleep(600)
    time.sleep(0.001)
    return each

here = os.getpid()
list(side_by_side(work, range(2_000_000), helpers=1))
"""


def test_a_helper_ends_with_its_process() -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"

    process.kill()

    # The helper holds the other end: this ends when both are gone, long before its work would be done.
    assert process.communicate(timeout=30) == ("", None)
