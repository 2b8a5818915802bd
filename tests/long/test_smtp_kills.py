"""SIGKILL, again and again, at any moment of sending.

``SYNDICATE_TEST_READERS=2000 SYNDICATE_TEST_KILLS=10`` makes it smaller.
"""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

PROJECT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("syndicate")
CONNECTIONS = 4


class Newsroom:
    """The example site with many readers, whose first edition is due."""

    def __init__(self, folder: Path, port: int, uncertain: str) -> None:
        """Copy the site and the configuration."""
        self.folder = folder
        settings = {
            "mail.transport": "smtp",
            "smtp.host": "127.0.0.1",
            "smtp.port": port,
            "smtp.security": "none",
            "smtp.connections": CONNECTIONS,
            "dispatch.uncertain": uncertain,
        }
        self._options = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        for name in ("example", "config"):
            shutil.copytree(PROJECT / name, folder / name)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the command."""
        return subprocess.Popen([COMMAND, *self._options, "--quiet", *words], cwd=self.folder)

    def invite(self, readers: set[str]) -> None:
        """Put these on the list."""
        (self.folder / "readers.csv").write_text(
            "address\n" + "".join(f"{each}\n" for each in sorted(readers))
        )
        words = (
            "subscriber",
            "import",
            "readers.csv",
            "--list",
            "gazette",
            "--confirmed",
            "--consent",
            "a test",
        )
        assert self.start(*words).wait() == 0

    def ledger(self) -> dict[str, set[str]]:
        """Give who is in which state."""
        query = (
            "SELECT delivery.state, address FROM delivery "
            "JOIN subscription ON subscription.id = subscription_id "
            "JOIN subscriber ON subscriber.id = subscriber_id"
        )
        found: dict[str, set[str]] = {}
        with closing(sqlite3.connect(self.folder / "outbox" / "syndicate.db")) as store:
            for state, address in store.execute(query):
                found.setdefault(state, set()).add(address)
        return found


def kill_later(running, sink, *, after, seconds):
    """Kill a process some seconds after the sink had so many messages; give whether it lived so long."""
    while sink.log.read_bytes().count(b'"ev":"msg"') < after and running.poll() is None:
        time.sleep(0.002)
    time.sleep(seconds)
    running.kill()
    return running.wait() == -signal.SIGKILL


@pytest.mark.parametrize("uncertain", ["hold", "resend"])
def test_a_killed_dispatcher_loses_nobody_and_names_every_doubt(tmp_path, sink, size, uncertain):
    count, kills = size("READERS", 20_000), size("KILLS", 100)
    readers = {f"reader{number}@example.org" for number in range(count)}
    server = sink()
    newsroom = Newsroom(tmp_path, server.port, uncertain)
    newsroom.invite(readers)
    chance = random.Random(5)  # noqa: S311 - moments to kill at
    doubts = [0]
    begun = time.monotonic()

    for _ in range(kills):
        after = len(server.kept()) + chance.randint(1, 3 * count // (2 * kills + 2) or 1)
        running = newsroom.start("run", "--once")
        if not kill_later(running, server, after=after, seconds=chance.random() / 20):
            break
        doubts.append(len(newsroom.ledger().get("handing", ())))
    done = newsroom.start("run", "--once").wait()

    ledger = newsroom.ledger()
    accepted, uncertain_ones = ledger.pop("accepted"), ledger.pop("uncertain", set())
    counted = server.tally(readers)
    came = {each["rcpt"][0] for each in server.kept()}
    figures = (
        f"{count} readers, {len(doubts) - 1} kills, {CONNECTIONS} connections, {uncertain}: "
        f"{len(accepted)} accepted, {len(uncertain_ones)} uncertain ({len(uncertain_ones & came)} had it), "
        f"at most {max(doubts)} in doubt after a kill; {time.monotonic() - begun:.0f} s"
    )
    print(f"\n{figures}; {counted}")  # noqa: T201 - shown by -s
    assert (done, ledger) == (0, {})
    assert accepted | uncertain_ones == readers
    assert accepted <= came
    assert counted["dup_with_other_message_id"] == counted["unexpected"] == 0
    assert max(doubts) <= 2 * CONNECTIONS
    if uncertain == "hold":
        assert counted["extra_copies"] == 0
        assert readers - came <= uncertain_ones
    else:
        assert (counted["lost"], uncertain_ones) == (0, set())
        assert counted["extra_copies"] <= kills * CONNECTIONS
