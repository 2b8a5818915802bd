"""``make bench``: measure everything and say it; ``--write`` puts the table into docs/performance.md."""

import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.measuring import ROUNDS, Result, measure
from bench.passes import cold, idle
from bench.wires import filling

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
MARK = "<!-- bench -->\n"


def main(arguments: list[str]) -> int:
    """Print the table as it grows; exit code 1 when a required ratio is exceeded."""
    with tempfile.TemporaryDirectory() as folder:
        results = list(_printed(measure(make(Path(folder))) for make in (cold, idle, filling)))
    if "--write" in arguments:
        before = PAGE.read_text("utf-8").split(MARK)[0]
        PAGE.write_text(before + MARK + "\n" + "\n".join(_page(results)) + "\n", "utf-8")
    return int(any(result.ratio > result.comparison.required for result in results))


def _printed(results: Iterable[Result]) -> Iterator[Result]:
    for result in results:
        sys.stdout.write(f"{_sentence(result)}\n")
        sys.stdout.flush()
        yield result


def _sentence(result: Result) -> str:
    one = result.comparison
    verdict = "as required," if result.ratio <= one.required else "TOO SLOW, required are"
    return (
        f"{one.what}: {result.ratio:.3g} times {one.reference_name} "
        f"({result.ours_seconds:.3g} s to {result.reference_seconds:.3g} s; "
        f"{verdict} at most {one.required:g})"
    )


def _page(results: Iterable[Result]) -> Iterator[str]:
    yield f"Median of {ROUNDS}, Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    yield ""
    yield "| what | reference | ratio | at most | ours | reference |"
    yield "|:--|:--|--:|--:|--:|--:|"
    for result in results:
        one = result.comparison
        yield (
            f"| {one.what} | {one.reference_name} | {result.ratio:.3g} | {one.required:g} "
            f"| {result.ours_seconds:.3g} s | {result.reference_seconds:.3g} s |"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
