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
