import subprocess
import sys
from typing import Any

from syndicate.store.engine import sqlite_url

Folder = Any

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
    now=datetime(2026, 11, 23, 13, tzinfo=UTC),
    progress=lambda done, total: sys.exit("a file was read"),
)
assert found.found == 2 and not found.touched, found
print(*sorted({"comrak", "liquid", "nh3", "lxml", "frontmatter", "premailer", "feedgen"} & set(sys.modules)))
"""


def test_a_pass_without_changes_reads_no_file_and_loads_no_renderer(watched: Folder) -> None:
    url = sqlite_url(watched.engine.url.database)

    ran = subprocess.run(
        [sys.executable, "-c", IDLE, str(watched.root), url], capture_output=True, text=True, check=False
    )

    assert (ran.stdout.strip(), ran.stderr, ran.returncode) == ("", "", 0)
