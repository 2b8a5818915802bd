"""From the moment a post is saved to the moment its feeds show it, in a ``syndicate run`` that watches."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.measuring import Bar
from bench.passes import POSTS, SYNDICATE
from bench.sites import repeated

_ROUNDS = 9
_PATIENCE_SECONDS = 60.0


def changed_post(folder: Path) -> Iterator[Bar]:
    """Say how long a saved post takes to its two feeds."""
    site = repeated(folder, posts=POSTS)
    with _running(site.root, folder / "outbox"):
        feeds = folder / "outbox" / "public" / "feeds"
        # The newest of all is in the feed of all posts too.
        collection, post = max(
            ((name, path) for name, place in site.collections.items() for path in place.glob("*.md")),
            key=lambda each: each[1].name,
        )
        shown_in = [feeds / name / "feed.json" for name in ("all", collection)]
        times = [_seconds_until_shown(post, shown_in, number) for number in range(_ROUNDS)][2:]
    yield Bar(
        what=f"a saved post in the feeds of `syndicate run` ({site.posts:,} posts)",
        against="",
        unit="ms",
        figure=median(times) * 1_000,
        required=200,
        aim=150,
        detail=f"{min(times) * 1_000:.0f} to {max(times) * 1_000:.0f} ms",
    )


@contextmanager
def _running(site: Path, outbox: Path) -> Iterator[None]:
    process = subprocess.Popen([SYNDICATE, "--quiet", "--site", site, "--outbox", outbox, "run"])
    try:
        _wait((outbox / ".published").exists)
        time.sleep(10)  # what is so fresh that it is read twice has been
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def _seconds_until_shown(post: Path, feeds: list[Path], number: int) -> float:
    words = f"Saved for the {number}th time."
    text = f"{post.read_text('utf-8')}\n\n{words}\n"
    before = [feed.stat().st_mtime_ns for feed in feeds]
    begun = time.perf_counter()
    post.write_text(text, "utf-8")
    _wait(lambda: all(feed.stat().st_mtime_ns != was for feed, was in zip(feeds, before, strict=True)))
    seconds = time.perf_counter() - begun
    if not all(words in feed.read_text("utf-8") for feed in feeds):
        raise RuntimeError(f"{feeds} don't show {post}")
    time.sleep(2)
    return seconds


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("syndicate run doesn't notice")
        time.sleep(0.001)
