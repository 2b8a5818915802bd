"""What several cores do together is what one does alone."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

#: So many that a helper is worth it, and more than a feed holds.
POSTS = 450
BUILD = """
import os, sys
os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: int(sys.argv.pop(1))]))
from syndicate.cli import main
main()
"""


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


@pytest.mark.skipif(sys.platform != "linux", reason="helpers are forks, and only Linux is sure to allow them")
def test_two_cores_write_the_same_feeds_as_one(tmp_path: Path) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("this machine has one core")
    site = _site(tmp_path / "site")

    alone, together = (_published(site, tmp_path / str(cores), cores=cores) for cores in (1, 2))

    assert "feeds/letters/atom.xml" in alone
    assert together == alone
