# ruff: noqa: D102 - the methods of Newsroom are the words that tests are written in
"""Fixtures for tests that run the installed command on a copied site."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("syndicate")
#: Sites, and programs that compare, which don't belong to the project.
SHARED = PROJECT.parent / "shared"


@dataclass(frozen=True)
class Newsroom:
    """A folder as an editor has it: the example site, a configuration, and the installed command."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "example"

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    @property
    def config(self) -> Path:
        return self.folder / "config" / "syndicate.toml"

    def run(self, *words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [COMMAND, *map(str, words)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr + done.stdout
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def pass_(self, *options: str, code: int = 0) -> dict[str, Any]:
        """Make one pass, and give what it did."""
        return json.loads(self.run(*options, "run", "--once", "--json", code=code).stdout)

    def run_killed(self, call: str, at: int) -> bool:
        """Kill a pass as one of its threads begins its nth such call; give whether it came so far."""
        strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
        inject = ["-e", f"inject={call}:signal=KILL:when={at}"]
        command = [*strace, *inject, COMMAND, "-q", "run", "--once"]
        return subprocess.run(command, cwd=self.folder, check=False).returncode == -9

    def copied(self, folder: Path) -> "Newsroom":
        """Copy it, with the files' times, which the store knows them by."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        copied = Newsroom(folder)
        copied.settle_in()
        return copied

    def add_readers(self) -> None:
        self.run("-q", "subscriber", "import", "example/readers.csv", "--confirmed", "--consent", "a test")

    def write_post(self, name: str, *, title: str, date: str, body: str = "Words.") -> Path:
        path = self.site / "_posts" / name
        path.write_text(f"---\ntitle: {title}\ndate: {date}\n---\n{body}\n", encoding="utf-8")
        return path

    def settle_in(self) -> None:
        """Let the store believe that it has always been here: a copy would be held."""
        store = self.outbox / "syndicate.db"
        with closing(sqlite3.connect(store)) as connection, connection:
            connection.execute(
                "UPDATE meta SET value = ? WHERE key = 'place'", [f"inode {store.stat().st_ino}"]
            )

    def letters(self) -> list[Path]:
        return sorted((self.outbox / "mail").rglob("*.eml"))

    def files(self) -> dict[Path, tuple[bytes, int]]:
        """Give every public file with its bytes and the time it was written."""
        public = self.outbox / "public"
        return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(public.rglob("*")) if p.is_file()}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Give a newsroom on its first day."""
    return _found(tmp_path)


@pytest.fixture(scope="session")
def kept_newsroom(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Newsroom]:
    """Give a function that founds a newsroom for several tests."""
    return lambda: _found(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give where the sites and the outside checkers are."""
    if not (SHARED / "checks").is_dir():
        if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1":
            pytest.fail(f"{SHARED / 'checks'}: is missing, and everything was asked for")
        pytest.skip("the shared checks are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def check(shared: Path) -> Callable[..., str]:
    """Give a function that runs an outside checker, has it content, and gives what it said."""

    def check(script: str, *arguments: str | Path) -> str:
        command = [sys.executable, "-W", "ignore", shared / "checks" / script, *map(str, arguments)]
        for _ in range(3):
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
            # On a busy machine it may read its server's log before the last line is in it.
            if "second update not 304" not in done.stdout:
                break
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return check


@pytest.fixture(scope="session")
def configured(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Give a function for a site, or for a copy of it with another of its own configurations."""

    def configured(site: str, config: str) -> Path:
        root = shared / "data" / site / "site"
        if not config:
            return root
        copy = tmp_path_factory.mktemp("site") / "odd-site"
        shutil.copytree(root, copy, copy_function=shutil.copyfile)
        shutil.copyfile(root / config, copy / ("hugo.toml" if config.endswith(".toml") else "_config.yml"))
        return copy

    return configured


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Give a newsroom after its first pass, to be copied: three readers got the newest five posts."""
    room = _found(tmp_path_factory.mktemp("first-edition"))
    room.add_readers()
    room.pass_()
    return room


@pytest.fixture
def published(first_edition: Newsroom, tmp_path: Path) -> Newsroom:
    """Give a newsroom whose first edition is out."""
    return first_edition.copied(tmp_path)


@pytest.fixture(scope="session")
def each_post_started(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Give a newsroom whose list sends each post at once, after its first pass, to be copied."""
    room = _found(tmp_path_factory.mktemp("each-post"))
    room.config.write_text(EACH, encoding="utf-8")
    room.add_readers()
    room.pass_()
    return room


@pytest.fixture
def each_post(each_post_started: Newsroom, tmp_path: Path) -> Newsroom:
    """Give a newsroom whose list sends each post at once; its baseline is taken."""
    return each_post_started.copied(tmp_path)


@pytest.fixture
def due(each_post: Newsroom) -> Newsroom:
    """Give a newsroom with a new post for twelve readers, three of the example and nine more."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (Debian: apt-get install strace)")
    readers = [f"reader{number}@example.org" for number in range(9)]
    list_ = each_post.folder / "more.csv"
    list_.write_text("\n".join(["address", *readers]), encoding="utf-8")
    each_post.run("-q", "subscriber", "import", list_, "--confirmed", "--consent", "a test")
    each_post.write_post("2026-11-22-new.md", title="New", date="2026-11-22")
    return each_post


def _found(folder: Path) -> Newsroom:
    shutil.copytree(PROJECT / "example", folder / "example")
    shutil.copytree(PROJECT / "config", folder / "config")
    return Newsroom(folder)


@pytest.fixture
def configure(newsroom: Newsroom) -> Callable[[str], None]:
    """Give a function that replaces the configuration."""

    def configure(text: str) -> None:
        newsroom.config.write_text(text, encoding="utf-8")

    return configure


EACH = """
[site]
path = "example"
[posts]
settle = "0 s"
[mail]
sender = "The Gazette <news@gazette.example>"
postal_address = "Rua do Cais 12, 4490-012 Vila da Enseada"
[[lists]]
name = "gazette"
cadences = [{ every = "each" }]
"""
