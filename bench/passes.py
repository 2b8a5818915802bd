"""Whole passes, as commands, against other generators and against the least that such a pass could cost."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.measuring import Bar, Run, detail, in_turns, ratio, run
from bench.references import hugo, jekyll
from bench.sites import BenchSite, repeated

SYNDICATE = Path(sys.executable).with_name("syndicate")
POSTS = 2_400
#: Half of the many posts for the comparison with twice as many.
MANY = 10_000
_FIRST = "a first pass, feeds written"

#: A file that was written so lately is read again by the next pass, to be sure of it.
FRESH_SECONDS = 5
#: Loads what any pass needs to remember anything, and looks at every file from outside.
LOOK = """
import os, sys, sqlalchemy
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        os.stat(os.path.join(folder, name))
"""


def first_pass(folder: Path) -> Iterator[Bar]:
    """Compare a first pass that writes all feeds with Hugo's and Jekyll's; say what memory it takes."""
    site = repeated(folder, posts=POSTS)
    ours = _from_nothing(site, folder / "outbox")
    pairs = in_turns(ours, hugo(site, folder / "hugo"))
    yield Bar(
        what=f"{_FIRST} ({site.posts:,} posts)",
        against="Hugo, RSS only, as many entries",
        unit="times",
        figure=ratio(pairs),
        required=2.5,
        aim=1.2,
        detail=detail(pairs),
    )
    yield Bar(
        what="its memory at most",
        against="",
        unit="MB",
        figure=max(each.peak_bytes for each, _ in pairs) / 1e6,
        required=300,
        aim=200,
        detail=f"Hugo: {max(each.peak_bytes for _, each in pairs) / 1e6:.3g} MB",
    )
    (folder / "jekyll").mkdir()
    slow = jekyll(site, folder / "jekyll")
    if slow is not None:
        pairs = in_turns(ours, slow, rounds=2)
        yield Bar(
            what=f"{_FIRST} ({site.posts:,} posts)",
            against="Jekyll with jekyll-feed, no layouts",
            unit="times",
            figure=ratio(pairs),
            required=1 / 15,
            aim=1 / 40,
            detail=detail(pairs),
        )


def idle_pass(folder: Path) -> Iterator[Bar]:
    """Compare a pass that finds nothing changed with importing SQLAlchemy and a stat of each file."""
    site = repeated(folder, posts=POSTS)
    time.sleep(FRESH_SECONDS)
    pairs = in_turns(
        lambda: _build(site, folder / "outbox"),
        lambda: run([sys.executable, "-c", LOOK, site.root], folder=folder),
    )
    yield Bar(
        what=f"a pass with nothing changed ({site.posts:,} posts)",
        against="importing SQLAlchemy, and a stat of each file",
        unit="times",
        figure=ratio(pairs),
        required=2.0,
        aim=1.5,
        detail=detail(pairs),
    )


def many_posts(folder: Path) -> Iterator[Bar]:
    """Compare a first pass over twice as many posts with one over half of them, in time and in memory."""
    half = repeated(folder / "half", posts=MANY)
    whole = repeated(folder / "whole", posts=2 * MANY)
    pairs = in_turns(
        _from_nothing(whole, folder / "whole" / "outbox"),
        _from_nothing(half, folder / "half" / "outbox"),
        rounds=3,
    )
    yield Bar(
        what=f"a first pass over {whole.posts:,} posts",
        against=f"over {half.posts:,}",
        unit="times",
        figure=ratio(pairs),
        required=2.3,
        aim=2.0,
        detail=detail(pairs),
    )
    more, less = (median(each.peak_bytes for each in side) / 1e6 for side in zip(*pairs, strict=True))
    yield Bar(
        what="its memory",
        against=f"over {half.posts:,}",
        unit="times",
        figure=more / less,
        required=2.1,
        aim=2.0,
        detail=f"{more:.3g} MB : {less:.3g} MB",
    )


def _from_nothing(site: BenchSite, outbox: Path) -> Callable[[], Run]:
    def build() -> Run:
        shutil.rmtree(outbox, ignore_errors=True)
        return _build(site, outbox)

    return build


def _build(site: BenchSite, outbox: Path) -> Run:
    command: list[str | Path] = [SYNDICATE, "--quiet", "--site", site.root, "--outbox", outbox, "build"]
    return run(command, folder=site.root.parent)
