import errno
import fcntl
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


def test_this_process_takes_what_a_slow_helper_leaves(tmp_path: Path) -> None:
    here = os.getpid()
    gate = tmp_path / "gate"

    def work(_each: int) -> int:
        if os.getpid() != here:
            with gate.open() as opened:
                fcntl.flock(opened, fcntl.LOCK_SH)  # until this end has done all the rest
        return os.getpid()

    with gate.open("w") as shut:
        fcntl.flock(shut, fcntl.LOCK_EX)
        with crew(work, MANY, helpers=1) as working:
            found = working.results()
            counted = Counter(next(found)[1] for _ in range(960))
            fcntl.flock(shut, fcntl.LOCK_UN)
            counted.update(pid for _, pid in found)

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


def test_who_has_seen_all_holds_no_helper_any_more() -> None:
    before = len(list(OPEN.iterdir()))

    with crew(lambda each: each, MANY, helpers=2) as working:
        list(working.results())
        left = len(list(OPEN.iterdir())) - before
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    assert left == 1  # the pile


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


LOCKED = """
import fcntl, os, sys, time
from syndicate.posts.side_by_side import crew

def work(each):
    if os.getpid() != here:
        print(os.getpid(), flush=True)
        time.sleep(600)

here = os.getpid()
with open(sys.argv[1], "w") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    with crew(work, range(40), helpers=1) as working:
        working.helpers[0].wait()
"""


def test_a_helper_holds_no_lock_of_its_process(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LOCKED, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    helper = int(process.stdout.readline())

    process.kill()
    process.wait()

    try:
        with (tmp_path / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.kill(helper, signal.SIGKILL)
        process.stdout.close()


INTERRUPTED = """
import os, signal
from syndicate.posts.side_by_side import crew

here = os.getpid()
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGINT))
try:
    with crew(lambda each: each, range(1_000), helpers=1) as working:
        print(len(list(working.results())))
finally:
    print("closed", os.getpid() == here, flush=True)
"""


def test_a_helper_that_is_interrupted_at_its_birth_closes_nothing_of_its_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], check=True, capture_output=True, text=True, timeout=60
    )

    assert done.stdout == "1000\nclosed True\n"
    assert done.stderr == ""


def test_an_interruption_before_a_helper_is_known_waits_until_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    forked = os.fork

    def interrupted() -> int:
        pid = forked()
        if pid:
            signal.raise_signal(signal.SIGINT)  # to this thread: others of the runner would take it
        return pid

    monkeypatch.setattr(os, "fork", interrupted)

    with pytest.raises(KeyboardInterrupt), crew(lambda each: each, MANY, helpers=1):
        pass

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_where_no_second_process_can_be_had_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(OPEN.iterdir())

    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, "no process can be had")

    monkeypatch.setattr(os, "fork", refused)

    found = list(side_by_side(lambda each: each, MANY, helpers=2))

    assert found == [(each, each) for each in MANY]
    assert sorted(OPEN.iterdir()) == before


def test_where_a_third_process_can_not_be_had_two_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    forked, forks = os.fork, []

    def refused_later() -> int:
        forks.append(1)
        if len(forks) > 1:
            raise BlockingIOError(errno.EAGAIN, "no process can be had")
        return forked()

    monkeypatch.setattr(os, "fork", refused_later)

    with crew(lambda _each: os.getpid(), MANY, helpers=2) as working:
        working.helpers[0].wait()
        pids = {pid for _, pid in working.results()}

    assert len(pids) == 1
    assert os.getpid() not in pids
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_helper_needs_no_memfd_create(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")

    with crew(lambda _each: os.getpid(), MANY, helpers=1) as working:
        working.helpers[0].wait()
        pids = {pid for _, pid in working.results()}

    assert len(pids) == 1
    assert os.getpid() not in pids


def test_where_nobody_waits_for_children_there_are_no_helpers() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)

    ignored = helpers_for(100_000)
    signal.signal(signal.SIGCHLD, before)

    assert ignored == 0


def test_what_a_helper_finds_no_memory_for_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    here, written = os.getpid(), os.write

    def scarce(descriptor: int, content: bytes) -> int:
        return written(descriptor, content if os.getpid() == here else content[: len(content) // 2])

    monkeypatch.setattr(os, "write", scarce)

    with crew(lambda each: each, MANY, helpers=1) as working:
        working.helpers[0].wait()
        found = list(working.results())

    assert sorted(found) == [(each, each) for each in MANY]
