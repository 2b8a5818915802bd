"""How a process that was a command ends."""

import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "example"
#: Says when Python ends it, after what stands before that.
RUN = """
import atexit
import threading
from syndicate.__main__ import run

threading._register_atexit(print, "taken apart")
{before}
run()
"""
ANOTHER_THREAD = """
over = threading.Event()
threading.Thread(target=over.wait).start()
threading._register_atexit(over.set)
"""
#: Presses Ctrl+C when the command's library is about to be loaded.
STOPPING = """
import signal
import sys

class Stopping:
    def find_spec(self, name, path, target=None):
        if name == "typer":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Stopping())
"""


def run(*words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    program = RUN.format(before=before)
    return subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False
    )


def test_a_command_ends_with_all_it_has_said_and_takes_nothing_apart(tmp_path: Path) -> None:
    words = ("--site", str(EXAMPLE), "--outbox", str(tmp_path), "posts", "--json")
    ran = run(*words[:-2], "build")
    said = run(*words)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "feeds" in ran.stdout
    assert said.stdout.count("\n") > 5
    assert said.stdout.endswith("}\n")
    assert "taken apart" not in ran.stdout


def test_a_problem_has_its_exit_code(tmp_path: Path) -> None:
    nowhere = run("--site", str(tmp_path / "nowhere"), "--outbox", str(tmp_path), "build")
    unknown = run("buidl")

    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert nowhere.stderr.startswith("error: ")
    assert (unknown.returncode, unknown.stdout) == (2, "")


def test_what_another_thread_does_is_waited_for() -> None:
    ran = run("--version", before=ANOTHER_THREAD)

    assert ran.returncode == 0
    assert ran.stdout.endswith("taken apart\n")


def test_what_is_registered_for_the_end_is_done() -> None:
    ran = run("--version", before="atexit.register(print, 'at the end')")

    assert ran.stdout.startswith("syndicate ")
    assert ran.stdout.endswith("at the end\n")


def test_a_profiler_has_the_last_word() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "cProfile", "-m", "syndicate", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0
    assert "function calls" in ran.stdout


def test_the_module_is_the_command() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "syndicate", "--version"], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("syndicate ")


def test_who_stops_a_command_while_it_is_loaded_sees_nothing() -> None:
    ran = run("--version", before=STOPPING)

    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "taken apart\n", "")
