"""The fault-injecting mail server that may lie beside the checkout, and what it saw."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CHECKS = Path(__file__).parents[3] / "shared" / "checks" / "smtp"


@pytest.fixture(scope="session")
def size() -> Callable[[str, int], int]:
    """Give a function that gives a test's size: the full one, or what ``SYNDICATE_TEST_READERS`` says."""
    return lambda name, full: int(os.environ.get(f"SYNDICATE_TEST_{name}", full))


@dataclass(frozen=True)
class Sink:
    """A running faulty_sink."""

    port: int
    folder: Path

    @property
    def log(self) -> Path:
        """One JSON line for each message and fault."""
        return self.folder / "log.jsonl"

    def kept(self) -> list[dict[str, Any]]:
        """Give every message it kept; one that was cut off by the end of the file is not there yet."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [event for event in map(json.loads, lines) if event["ev"] == "msg"]

    def tally(self, expected: set[str]) -> dict[str, Any]:
        """Count, by tally.py, what came to these readers."""
        list_ = self.folder / "expected"
        list_.write_text("".join(f"{each}\n" for each in sorted(expected)))
        command = [sys.executable, CHECKS / "tally.py", self.log, "--expect", list_]
        counted: dict[str, Any] = json.loads(subprocess.check_output(command))
        return counted


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Callable[..., Sink]]:
    """Give a function that starts a faulty_sink with these rules; it ends with the test."""
    if not (CHECKS / "faulty_sink.py").exists():
        pytest.skip("../shared/checks is not beside the checkout")
    running: list[subprocess.Popen[bytes]] = []

    def start(*rules: dict[str, Any]) -> Sink:
        made = Sink(_free_port(), tmp_path / "sink")
        made.folder.mkdir()
        (made.folder / "rules.json").write_text(json.dumps({"seed": 7, "rules": rules}))
        options = {"port": made.port, "log": made.log, "rules": made.folder / "rules.json"}
        options["ready"] = made.folder / "ready"
        words = [str(word) for key, value in options.items() for word in (f"--{key}", value)]
        running.append(subprocess.Popen([sys.executable, CHECKS / "faulty_sink.py", *words]))
        while not options["ready"].exists():
            assert running[-1].poll() is None
            time.sleep(0.01)
        return made

    yield start
    for each in running:
        each.terminate()
        each.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
