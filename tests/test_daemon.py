import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("syndicate")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "example", tmp_path / "example")
    shutil.copytree(PROJECT / "config", tmp_path / "config")
    return tmp_path


@pytest.fixture
def running(folder):
    process = subprocess.Popen(
        [COMMAND, "run"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def wait_until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_it_publishes_and_ends_of_itself_when_it_is_asked_to(folder, running):
    wait_until((folder / "outbox" / "public" / "feeds" / "all" / "atom.xml").exists)

    running.send_signal(signal.SIGTERM)
    said, complained = running.communicate(timeout=60)

    assert running.returncode == 0
    assert "watching" in said
    assert "Traceback" not in complained


def test_a_second_one_on_the_same_outbox_is_refused(folder, running):
    wait_until((folder / "outbox" / "public" / "feeds" / "all" / "atom.xml").exists)

    second = subprocess.run(
        [COMMAND, "run", "--once"], cwd=folder, capture_output=True, text=True, check=False
    )

    assert second.returncode == 1
    assert str(running.pid) in second.stderr


def save(folder: Path, words: str) -> None:
    """Save a post as an editor's program does: whole, under another name, then in its place."""
    draft = folder / "example" / "_posts" / ".draft.tmp"
    draft.write_text(f"---\ntitle: Just saved\ndate: 2026-11-21\n---\n{words}\n", encoding="utf-8")
    draft.replace(folder / "example" / "_posts" / "2026-11-21-just-saved.md")


def cpu_seconds(process: "subprocess.Popen[str]") -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.system
def test_a_saved_post_is_in_the_feeds_within_two_seconds(folder, running):
    feed = folder / "outbox" / "public" / "feeds" / "all" / "feed.json"
    wait_until((folder / "outbox" / ".published").exists)
    save(folder, "The first words.")  # it may be that nobody watches yet; then the next pass brings it
    wait_until(lambda: "The first words." in feed.read_text("utf-8"))

    save(folder, "The words that count.")

    wait_until(lambda: "The words that count." in feed.read_text("utf-8"), seconds=2)


@pytest.mark.system
def test_an_outbox_inside_the_site_makes_no_pass_after_pass(folder):
    words = ["--site", "example", "--outbox", "example/outbox"]
    process = subprocess.Popen([COMMAND, "-q", *words, "run"], cwd=folder, text=True)
    try:
        feed = folder / "example" / "outbox" / "public" / "feeds" / "all" / "feed.json"
        wait_until((folder / "example" / "outbox" / ".published").exists)
        save(folder, "Some words.")
        wait_until(lambda: "Some words." in feed.read_text("utf-8"))
        save(folder, "Other words.")
        wait_until(lambda: "Other words." in feed.read_text("utf-8"), seconds=2)
        before, begun = cpu_seconds(process), time.monotonic()
        wait_until(lambda: time.monotonic() - begun > 5)

        assert cpu_seconds(process) - before < 1
    finally:
        process.terminate()
        assert process.wait(timeout=60) == 0


@pytest.mark.system
def test_a_site_that_goes_away_for_a_while_is_watched_again(folder, running):
    feed = folder / "outbox" / "public" / "feeds" / "all" / "feed.json"
    wait_until((folder / "outbox" / ".published").exists)
    (folder / "example").rename(folder / "elsewhere")
    before = feed.read_bytes()
    shutil.copytree(folder / "elsewhere", folder / "example")
    save(folder, "Back again.")
    wait_until(lambda: "Back again." in feed.read_text("utf-8"))

    save(folder, "And watched.")

    wait_until(lambda: "And watched." in feed.read_text("utf-8"), seconds=8)
    assert before != feed.read_bytes()


@pytest.mark.system
def test_asked_to_stop_while_it_sends_it_leaves_nobody_in_doubt(folder):
    readers = "".join(f"reader{number}@example.org\n" for number in range(4000))
    (folder / "many.csv").write_text(readers, encoding="utf-8")
    words = ["subscriber", "import", "many.csv", "--confirmed", "--consent", "a test"]
    subprocess.run([COMMAND, "-q", *words], cwd=folder, check=True)
    mail = folder / "outbox" / "mail" / "gazette" / "1"
    process = subprocess.Popen([COMMAND, "-q", "run", "--once"], cwd=folder)
    wait_until(lambda: mail.is_dir() and any(mail.iterdir()))

    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)

    stopped_at = len(list(mail.glob("*.eml")))
    shown = subprocess.run(
        [COMMAND, "edition", "list"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
    assert 0 < stopped_at < 4000
    assert f"{stopped_at:,} accepted" in shown
    assert "handing" not in shown


#: Asks for the end at the moment at which the main thread begins to wait for it, a hundred times.
STOPPED = """
import os, signal, sys, threading, time
from pathlib import Path
from syndicate.daemon import Watched, watch

MAIN = threading.main_thread().ident

def begins_to_wait():
    frame = sys._current_frames()[MAIN]
    while frame.f_back and frame.f_back.f_code.co_name != "watch":
        frame = frame.f_back
    return frame.f_code.co_name == "wait"

def look():
    end = time.monotonic() + 0.02
    while not begins_to_wait() and time.monotonic() < end:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    raise ValueError

sys.setswitchinterval(1e-6)
folder = Watched(root=Path(sys.argv[1]), ignored=(), warn=print)
for _ in range(100):
    watch(look, folder=folder, report=print, complain=lambda _: None)
"""


def test_a_signal_in_the_moment_the_wait_begins_is_heard(tmp_path):
    command = [sys.executable, "-c", STOPPED, str(tmp_path)]

    assert subprocess.run(command, check=True, capture_output=True, timeout=60).stdout == b""
