"""What is measured, and how: commands, in turns with a reference, so that a busy machine slows both."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

#: Runs of each side; the middle one counts.
ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a command to its end."""

    seconds: float
    #: What the processors worked for it, which a busy machine changes least.
    cpu_seconds: float
    #: The most memory that the largest of its processes held at once.
    peak_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure, and what it may be at most."""

    what: str
    #: What it is measured against, in words; "" for a figure that stands alone.
    against: str
    #: "times", "ms" or "MB".
    unit: str
    figure: float
    required: float
    aim: float
    #: Where the figure comes from: ``2.1 s : 0.7 s``.
    detail: str = ""

    @property
    def met(self) -> bool:
        """Say whether the figure is as required."""
        return self.figure <= self.required

    def shown(self, figure: float) -> str:
        """Give a figure with its unit."""
        return f"{figure:.3g} {self.unit}"


def run(command: Sequence[str | Path], *, folder: Path, settings: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; it must succeed. ``settings`` are added to its environment."""
    # Else every run would compile our modules anew, and the reference's none.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**environment, **(settings or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None  # noqa: S101 - for the type checker
    complaints = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {complaints[-2_000:]}")
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Run(seconds=seconds, cpu_seconds=cpu_seconds, peak_bytes=usage.ru_maxrss * 1024)


def in_turns(
    ours: Callable[[], Run], reference: Callable[[], Run], *, rounds: int = ROUNDS
) -> list[tuple[Run, Run]]:
    """Run both sides in turns, once unmeasured before."""
    ours()
    reference()
    return [(ours(), reference()) for _ in range(rounds)]


def ratio(pairs: Sequence[tuple[Run, Run]]) -> float:
    """Give the middle one of the ratios of time."""
    return median(ours.seconds / reference.seconds for ours, reference in pairs)


def detail(pairs: Sequence[tuple[Run, Run]]) -> str:
    """Give the middle times of both sides, and what of them the processors worked."""
    ours, reference = (median(run.seconds for run in side) for side in zip(*pairs, strict=True))
    our_cpu, their_cpu = (median(run.cpu_seconds for run in side) for side in zip(*pairs, strict=True))
    return f"{ours:.3g} s : {reference:.3g} s, on processors {our_cpu:.3g} s : {their_cpu:.3g} s"


def call(work: Callable[[], object]) -> Run:
    """Call and give the seconds; of memory it says nothing."""
    begun, cpu_begun = time.perf_counter(), time.process_time()
    work()
    return Run(seconds=time.perf_counter() - begun, cpu_seconds=time.process_time() - cpu_begun, peak_bytes=0)
