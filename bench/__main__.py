"""``make bench``: measure everything and say it; ``--write`` puts the table into docs/performance.md."""

import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.archives import archive_memory, serialising
from bench.changes import changed_post
from bench.measuring import ROUNDS, Bar
from bench.passes import first_pass, idle_pass, many_posts
from bench.sites import is_real
from bench.wires import filling, wire_bars

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
MARK = "<!-- bench -->\n"
MEASURES: tuple[Callable[[Path], Iterator[Bar]], ...] = (
    first_pass,
    idle_pass,
    changed_post,
    many_posts,
    filling,
    wire_bars,
    serialising,
    archive_memory,
)


def main(arguments: list[str]) -> int:
    """Print the table as it grows; exit code 1 when a figure is above what is required.

    Words that are no options choose among the measures by the beginning of their names.
    """
    chosen = tuple(each for each in arguments if not each.startswith("-"))
    _say(f"on {_posts()}; each figure with what is required of it, and what we aim at")
    bars = list(_printed(_measured(chosen)))
    if any("Hugo" in bar.against for bar in bars) and not any("Jekyll" in bar.against for bar in bars):
        _say("left out: Jekyll, which isn't installed here (Debian: apt install jekyll)")
    if "--write" in arguments:
        before = PAGE.read_text("utf-8").split(MARK)[0]
        PAGE.write_text(before + MARK + "\n" + "\n".join(_page(bars)) + "\n", "utf-8")
    return int(not all(bar.met for bar in bars))


def _measured(chosen: tuple[str, ...]) -> Iterator[Bar]:
    for measure in MEASURES:
        if not chosen or measure.__name__.startswith(chosen):
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                yield from measure(Path(folder))


def _posts() -> str:
    return (
        "posts of a real site" if is_real() else "the example's posts (those of a real site aren't at hand)"
    )


def _printed(bars: Iterable[Bar]) -> Iterator[Bar]:
    for bar in bars:
        _say(_sentence(bar))
        yield bar


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _sentence(bar: Bar) -> str:
    against = f" {bar.against}" if bar.against else ""
    verdict = "" if bar.met else "TOO MUCH, "
    limits = f"{verdict}required: {bar.shown(bar.required)}, aim: {bar.shown(bar.aim)}"
    return f"{bar.what}: {bar.shown(bar.figure)}{against} ({limits}; {bar.detail})"


def _page(bars: Iterable[Bar]) -> Iterator[str]:
    yield (
        f"`make bench`, on {_posts()}: the middle one of {ROUNDS} runs, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}."
    )
    yield ""
    yield "| what | against | figure | required | aim | ours : theirs |"
    yield "|:--|:--|--:|--:|--:|--:|"
    for bar in bars:
        figures = " | ".join(bar.shown(each) for each in (bar.figure, bar.required, bar.aim))
        yield f"| {bar.what} | {bar.against} | {figures} | {bar.detail} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
