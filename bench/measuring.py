"""Two ways to do a thing, timed in turns, so that a busy machine slows both alike."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

#: Runs of each side; the middle one counts.
ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is compared with what; each side gives the seconds of one run."""

    what: str
    ours: Callable[[], float]
    #: In words, for the table.
    reference_name: str
    reference: Callable[[], float]
    #: The ratio that ours must not exceed.
    required: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The middle of all rounds."""

    comparison: Comparison
    ratio: float
    ours_seconds: float
    reference_seconds: float


def measure(comparison: Comparison) -> Result:
    """Time both sides in turns, once unmeasured before."""
    comparison.ours()
    comparison.reference()
    pairs = [(comparison.ours(), comparison.reference()) for _ in range(ROUNDS)]
    return Result(
        comparison=comparison,
        ratio=median(ours / reference for ours, reference in pairs),
        ours_seconds=median(ours for ours, _ in pairs),
        reference_seconds=median(reference for _, reference in pairs),
    )


def command_seconds(command: Sequence[str | Path], *, folder: Path) -> float:
    """Run a command to its end and give the wall-clock seconds; it must succeed."""
    # Else every run would compile our modules anew, and the reference's none.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - begun


def call_seconds(call: Callable[[], object]) -> float:
    """Call and give the wall-clock seconds."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
