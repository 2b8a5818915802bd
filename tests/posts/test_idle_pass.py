import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from syndicate.store.engine import sqlite_url

Folder = Any
PROJECT = Path(__file__).parents[2]

IDLE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from syndicate.posts.detection import detect
from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings
from syndicate.store.engine import connect

settings = Settings(site=SiteSettings(path=Path(sys.argv[1])))
found = detect(
    connect(sys.argv[2]),
    open_source(settings),
    settings=settings.posts,
    now=datetime.fromisoformat(sys.argv[3]),
    progress=lambda done, total: sys.exit("a file was read"),
)
assert found.found == 2 and not found.touched, found
"""
#: Runs the command line, and says which libraries that took, and which of our own stages.
COMMAND = """
import sys
from syndicate.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sys.modules)
"""
#: Opens a site and reads its posts, and says what of the store that took.
READ = """
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from syndicate.posts.looking import Reader, look_at
from syndicate.posts.mirrors import located
from syndicate.posts.sources import open_source
from syndicate.settings.completion import complete
from syndicate.settings.loading import load

settings = load(None, assignments=[f"site.path={sys.argv[1]}"], environment=os.environ)
source = open_source(located(settings))
settings = complete(settings, source.site)
reader = Reader(source=source, settings=settings.posts, now=datetime.now(UTC))
look = look_at(reader, {}, same_rules=True, progress=lambda done, total: None)
assert look.readings, look
print(*(each for each in sys.modules if each.startswith(("sqlalchemy", "syndicate.store"))))
"""
HEAVY = {
    *("alembic", "apscheduler", "comrak", "cryptography", "cssutils", "dns", "email_validator", "feedgen"),
    *("feedparser", "frontmatter", "httpx2", "jinja2", "liquid", "lxml", "nh3", "premailer", "pydantic"),
    *("babel", "rich", "smtplib", "starlette", "uvicorn", "watchfiles"),
}


def test_a_pass_without_changes_reads_no_file(watched: Folder) -> None:
    watched.rest()
    url = sqlite_url(watched.engine.url.database)

    ran = subprocess.run(
        [sys.executable, "-c", IDLE, str(watched.root), url, watched.now.isoformat()],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0)


def loaded_by(folder: Path, *words: str) -> set[str]:
    said = subprocess.run(
        [sys.executable, "-c", COMMAND, "-q", *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
    return set(said.splitlines()[-1].split())


def test_a_pass_without_changes_loads_no_library_of_a_busy_one(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "example", tmp_path / "example")
    shutil.copytree(PROJECT / "config", tmp_path / "config")
    first = loaded_by(tmp_path, "run", "--once")

    second = loaded_by(tmp_path, "run", "--once")

    assert {"comrak", "feedgen", "frontmatter", "jinja2", "lxml", "nh3"} <= first
    assert second & HEAVY == set()
    assert "sqlalchemy" in second


def test_a_build_loads_no_stage_that_has_nothing_to_do(tmp_path: Path) -> None:
    words = ("--site", str(PROJECT / "example"), "--outbox", str(tmp_path), "build")
    first = loaded_by(tmp_path, *words)

    second = loaded_by(tmp_path, *words)

    idle = {
        *("syndicate.feeds.composition", "syndicate.digests", "syndicate.web", "syndicate.daemon"),
        *("syndicate.reports", "syndicate.posts.making", "syndicate.cli.edition", "syndicate.transports"),
    }
    sending = {
        *("syndicate.dispatch", "syndicate.fetching", "syndicate.jobs", "syndicate.mail"),
        *("syndicate.model.delivery", "syndicate.model.job", "syndicate.model.subscriber"),
    }
    assert "syndicate.feeds.composition" in first
    assert first & sending == set()
    assert second & idle == set()


def test_posts_are_read_without_the_stores_library() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", READ, str(PROJECT / "example")], capture_output=True, text=True, check=False
    )

    assert (ran.stdout.strip(), ran.stderr, ran.returncode) == ("", "", 0)
