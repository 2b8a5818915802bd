"""Disks that fail at a chosen call, and one that is full: one clear line, and the next pass goes on."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionId
from syndicate.reports.verify import verify
from syndicate.settings.schema import Settings
from syndicate.store import deliveries
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.places import store_path

pytestmark = pytest.mark.system

COMMAND = Path(sys.executable).with_name("syndicate")
#: Four messages are handed over at a time, so that some are served when the disk fails.
PASS = (COMMAND, "-q", "--set", "dispatch.group=4", "run", "--once")
#: With the three of the example.
READERS = [f"reader{number}@example.org" for number in range(9)]
FIFTH = "mail/gazette/1/.000005-reader1@example.org.eml.part"


@pytest.fixture
def due(each_post):
    """Give a newsroom with a new post for twelve readers."""
    list_ = each_post.folder / "more.csv"
    list_.write_text("\n".join(["address", *READERS]), encoding="utf-8")
    each_post.run("-q", "subscriber", "import", list_, "--confirmed", "--consent", "a test")
    each_post.write_post("2026-11-22-new.md", title="New", date="2026-11-22")
    return each_post


def accepted(room):
    """Give the files that the ledger says were written."""
    engine = connect(sqlite_url(store_path(room.outbox)))
    with reading(engine) as connection:
        rows = list(deliveries.of_edition(connection, EditionId(1), states=(DeliveryState.ACCEPTED,)))
    engine.dispose()
    return {room.outbox / "mail" / delivery.reply for delivery, _ in rows}


def assert_one_clear_line(done, *words):
    """Hold a failed pass to what a person may expect of it."""
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert all(word in line for word in words), line


def assert_all_is_well(room):
    """Hold the ledger to the files that there are, and the next pass to one for everybody."""
    assert accepted(room) <= set(room.letters())
    room.run("run", "--once")
    copies = Counter(path.name.partition("-")[2] for path in room.letters())
    engine = connect(sqlite_url(store_path(room.outbox)))
    found = verify(engine, Settings(outbox=room.outbox), EditionId(1))
    engine.dispose()
    assert (len(copies), set(copies.values())) == (12, {1})
    assert (found.words, found.problems) == ("12 accepted", ())
    assert not [path for folder in ("mail", "public") for path in (room.outbox / folder).rglob(".*")]


@pytest.mark.parametrize(
    ("fault", "where", "words"),
    [
        ("fsync:error=EIO", "public/feeds/all", ("public/feeds/all", "input/output error")),
        ("fsync:error=EIO", "mail/gazette/1", ("outbox/mail/gazette/1/", "input/output error")),
        ("rename:error=EROFS", FIFTH, ("outbox/mail/gazette/1/", "read-only file system")),
        ("fdatasync:error=EIO:when=7", "syndicate.db-wal", ("syndicate.db", "disk i/o error")),
        ("fdatasync:error=EIO:when=12", "syndicate.db-wal", ("syndicate.db", "disk i/o error")),
        ("pwrite64:error=ENOSPC:when=90+", "syndicate.db-wal", ("syndicate.db", "disk is full")),
    ],
)
def test_a_disk_that_fails_at_a_call_marks_nobody_and_costs_nobody(due, fault, where, words):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (Debian: apt-get install strace)")
    call = fault.partition(":")[0]
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={fault}"]
    # Calls that take a path know it as the program says it; the others know it from the descriptor.
    path = Path("outbox") / where if call == "rename" else due.outbox / where

    done = subprocess.run(
        [*strace, "-P", path, *PASS], cwd=due.folder, capture_output=True, text=True, check=False
    )

    assert_one_clear_line(done, *words)
    assert_all_is_well(due)


@pytest.fixture
def small_disk(due):
    """Give the newsroom with its outbox on a disk of four megabytes."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    aside = due.folder / "aside"
    due.outbox.rename(aside)
    due.outbox.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", due.outbox]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    shutil.copytree(aside, due.outbox, dirs_exist_ok=True)
    due.settle_in()
    yield due
    subprocess.run(["umount", "-l", due.outbox], check=True)


@pytest.mark.parametrize("left_kb", [0, 60, 150, 400])
def test_a_full_disk_is_one_clear_line_until_there_is_room(small_disk, left_kb):
    filler = small_disk.outbox / "filler"
    free = shutil.disk_usage(small_disk.outbox).free - left_kb * 1024
    filler.write_bytes(b"." * max(free, 0))

    done = subprocess.run(PASS, cwd=small_disk.folder, capture_output=True, text=True, check=False)

    assert_one_clear_line(done, "outbox")
    filler.unlink()
    assert_all_is_well(small_disk)


def test_an_outbox_that_became_read_only_is_one_clear_line_until_it_is_writable(small_disk):
    remount = ["mount", "-o", "remount,ro", small_disk.outbox]
    subprocess.run(remount, check=True)

    done = subprocess.run(PASS, cwd=small_disk.folder, capture_output=True, text=True, check=False)

    assert_one_clear_line(done, "outbox", "read-only")
    subprocess.run([*remount[:2], "remount,rw", remount[3]], check=True)
    assert_all_is_well(small_disk)
