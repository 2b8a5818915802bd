"""What a command says: results on stdout, problems on stderr, progress where somebody watches."""

import io
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syndicate.pipeline import Progress

#: Work that takes less needs no bar.
_PATIENCE_SECONDS = 1.0
#: What would move the cursor, end a line or turn the writing round, if a terminal took it at its word: file
#: names and servers' replies may hold anything.
_STEERING = {
    **{each: f"\\x{each:02x}" for each in (*range(0x09), *range(0x0A, 0x20), *range(0x7F, 0xA0))},
    **{each: f"\\u{each:04x}" for each in (*range(0x2028, 0x202F), *range(0x2066, 0x206A))},
}
#: What ``str.splitlines`` splits at and JSON leaves alone.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def speak_to_any_terminal() -> None:
    """Let a character that a terminal or a log can't show come out as its number instead of as an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # ``None`` where it was closed
            stream.reconfigure(errors="backslashreplace")


def say_no_more() -> None:
    """Drop what is still to be printed; Python would try again at its end, and complain in its own words."""
    with suppress(AttributeError, OSError), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def with_article(words: str) -> str:
    """Give words with "a" or "an" before them."""
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def say(*lines: str) -> None:
    """Print results, one a line."""
    for line in lines:
        print(line.translate(_STEERING))  # noqa: T201 - this is where a command speaks


def complain(lines: Iterable[str], *, kind: str = "warning") -> None:
    """Print problems on stderr, one a line, each with its kind before it."""
    for line in lines:
        print(f"{kind}: {line.translate(_STEERING)}", file=sys.stderr)  # noqa: T201 - as above


def say_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print one JSON value on one line, also for readers who take U+2028 and its like for a line's end."""
    plain = "utf" not in str(getattr(sys.stdout, "encoding", "")).lower()  # JSON can say any letter in ASCII
    text = json.dumps(value, ensure_ascii=plain, separators=(",", ":"), default=str)
    print(text.translate(_LINE_ENDS))  # noqa: T201 - as above


@contextmanager
def progress(*, quiet: bool) -> "Iterator[Progress]":
    """Give a reporter that draws a bar on a terminal once a stage takes longer than a second."""
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bars = Bars(*columns, console=Console(stderr=True), transient=True)
    try:
        yield _Reporter(bars)
    finally:
        bars.stop()


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


class _Reporter:
    """Draws the stages of one command, the first time one of them proves to be long."""

    def __init__(self, bars: Any) -> None:  # noqa: ANN401 - rich's Progress, imported only where a terminal is
        self._bars = bars
        self._tasks: dict[str, Any] = {}
        self._begun = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() - self._begun < _PATIENCE_SECONDS:
            return
        self._bars.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)
