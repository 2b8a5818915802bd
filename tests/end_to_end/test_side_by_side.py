"""What several cores do together is what one does alone."""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

#: So many that a helper is worth it, and more than a feed holds.
POSTS = 450
COMMAND = Path(sys.executable).with_name("syndicate")
BUILD = """
import os, sys
os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: int(sys.argv.pop(1))]))
from syndicate.cli import main
main()
"""

#: Says whether other processes read the site, and whether the store's library is loaded by then.
EARLY = """
import sys
from pathlib import Path
from syndicate.cli.head_start import begun
from syndicate.cli.invocation import Invocation

site, outbox = sys.argv[1:]
invocation = Invocation(
    config=None, site=site, outbox=Path(outbox), assignments=(), quiet=True, verbose=False
)
with begun(invocation) as early:
    print(bool(early and early.look.crew.helpers), "sqlalchemy" in sys.modules)
"""
several_cores = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="helpers are forks, which only Linux is sure to allow, and want a core of their own",
)


def _site(root: Path) -> Path:
    for number in range(POSTS):
        folder = root / ("_posts" if number % 2 else "_letters")
        folder.mkdir(parents=True, exist_ok=True)
        day = f"{2000 + number // 28}-02-{number % 28 + 1:02}"
        links = "{% post_url 2000-02-02-1 %}" if number == POSTS - 1 else ""
        text = f"---\ntitle: Post {number}\ndate: {day}\n---\nOpening {links}\n\n<!--more-->\n\nThe *rest*.\n"
        (folder / f"{day}-{number}.md").write_text(text)
    (root / "_config.yml").write_text(
        "title: Many\nurl: https://many.example\ncollections: {letters: {output: true}}\n"
    )
    return root


def _published(site: Path, outbox: Path, *, cores: int) -> dict[str, str]:
    command = [sys.executable, "-c", BUILD, str(cores), "--site", str(site), "--outbox", str(outbox)]
    subprocess.run([*command, "--quiet", "build"], check=True, cwd=site, timeout=120)
    public = outbox / "public"
    files = sorted(each for each in public.rglob("*") if each.is_file())
    return {str(each.relative_to(public)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def _remembered(outbox: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(outbox / "syndicate.db") as store:
        return store.execute("SELECT id, path, entry_id, arrival, document FROM post ORDER BY id").fetchall()


@several_cores
def test_two_cores_write_the_same_feeds_as_one(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")

    alone, together = (_published(site, tmp_path / str(cores), cores=cores) for cores in (1, 2))

    assert "feeds/letters/atom.xml" in alone
    assert together == alone
    assert _remembered(tmp_path / "2") == _remembered(tmp_path / "1")
    assert len(_remembered(tmp_path / "2")) == POSTS


def _said(script: str, *words: Path) -> str:
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@several_cores
def test_a_first_look_begins_before_the_stores_library_is_loaded(tmp_path: Path) -> None:
    site, outbox = _site(tmp_path / "site"), tmp_path / "outbox"
    before = _said(EARLY, site, outbox)

    _published(site, outbox, cores=1)

    assert before == "True False\n"
    assert _said(EARLY, site, outbox) == "False False\n"


@several_cores
def test_who_finds_the_outbox_in_use_leaves_no_process_behind(tmp_path: Path) -> None:
    site, outbox = _site(tmp_path / "site"), tmp_path / "outbox"
    outbox.mkdir()
    with (outbox / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [COMMAND, "--site", site, "--outbox", outbox, "build"]

        # The helper would hold the other end of its stderr until its own end.
        refused = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    assert refused.returncode == 1
    assert "is working on this outbox" in refused.stderr
    assert not (outbox / "public").exists()
