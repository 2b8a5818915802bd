"""Whole passes, as commands, against the least that such a pass could cost."""

import shutil
import sys
from pathlib import Path

from bench.measuring import Comparison, command_seconds
from bench.sites import repeated

SYNDICATE = Path(sys.executable).with_name("syndicate")
POSTS = 2_400

#: What any generator must do: read each post, its YAML and its Markdown. No excerpt, no feed, no memory.
RENDER = """
import sys, pathlib, comrak, yaml
for path in sorted(pathlib.Path(sys.argv[1]).glob("_[pht]*/*.md")):
    _, head, body = path.read_text("utf-8").split("---\\n", 2)
    yaml.load(head, yaml.CSafeLoader)
    comrak.render_markdown(body)
"""
#: Loads what any pass needs to remember anything, and looks at every file from outside.
LOOK = """
import os, sys, sqlalchemy
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        os.stat(os.path.join(folder, name))
"""


def cold(folder: Path) -> Comparison:
    """Compare a first pass that writes every feed with reading and rendering alone."""
    site = repeated(folder / "cold", posts=POSTS)
    outbox = folder / "cold" / "outbox"

    def ours() -> float:
        shutil.rmtree(outbox, ignore_errors=True)
        return _build(site, outbox)

    return Comparison(
        what=f"a first pass over {POSTS:,} posts, feeds written",
        ours=ours,
        reference_name="reading them, their YAML and their Markdown, nothing else",
        reference=lambda: command_seconds([sys.executable, "-c", RENDER, site], folder=folder),
        required=20.0,
    )


def idle(folder: Path) -> Comparison:
    """Compare a pass that finds nothing changed with importing SQLAlchemy and a stat of each file."""
    site = repeated(folder / "idle", posts=POSTS)
    outbox = folder / "idle" / "outbox"
    return Comparison(
        what=f"a pass over {POSTS:,} posts with nothing changed",
        ours=lambda: _build(site, outbox),
        reference_name="importing SQLAlchemy and a stat of each file",
        reference=lambda: command_seconds([sys.executable, "-c", LOOK, site], folder=folder),
        required=2.0,
    )


def _build(site: Path, outbox: Path) -> float:
    return command_seconds(
        [SYNDICATE, "--quiet", "--site", site, "--outbox", outbox, "build"], folder=site.parent
    )
