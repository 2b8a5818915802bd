"""The same posts give the same bytes, whatever the day, the zone, the locale and the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import locale, runpy, sys
from pathlib import Path
from syndicate.feeds.publishing import publish
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings
locale.setlocale(locale.LC_ALL, "")
kit = runpy.run_path(sys.argv[1])
title = chr(0x6E2F) + chr(0xE9)
posts = [kit["_tracked"](n, title=title, tags=("z", "a", f"t{n}"), language="pt") for n in range(1, 30)]
source = kit["Rendered"](html={each.post.path: f"<p>{title}</p>" * 40 for each in posts})
feeds = tuple(FeedSettings(name=name, title="News") for name in ("all", "second"))
at = PublishSettings(base_url="https://f.example")
settings = Settings(outbox=Path(sys.argv[2]), feeds=feeds, publish=at)
print(len(publish(posts, source, settings, progress=lambda done, all_: None).written))
"""


def build(outbox: Path, **environment: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(Path(__file__).with_name("conftest.py")), str(outbox)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return int(done.stdout)


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def mtimes(root: Path) -> list[int]:
    return [path.stat().st_mtime_ns for path in sorted(root.rglob("*"))]


def test_two_builds_under_different_skies_are_the_same_bytes(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"

    build(here, TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    build(there, TZ="America/Lima", LC_ALL="C", PYTHONHASHSEED="2", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert len(files(here)) == 39
    assert files(here) == files(there)


def test_a_second_build_in_another_process_touches_nothing(tmp_path: Path) -> None:
    build(tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="3")
    before = mtimes(tmp_path)

    written = build(tmp_path, TZ="Europe/Lisbon", PYTHONHASHSEED="4")

    assert written == 0
    assert mtimes(tmp_path) == before
