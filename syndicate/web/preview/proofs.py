"""The newest proof, made anew whenever something it is made from changes."""

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from syndicate.posts.watching import changes
from syndicate.reports.proof import Proof
from syndicate.reports.rehearsal import Opening, Rehearsal

#: Between two looks at the store (seconds).
_LOOK = 0.5
#: How long a proof that is being made may take to end (seconds).
_PATIENCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows."""

    #: Differs with each change, and from process to process.
    version: str
    at: datetime
    #: Those of the last time that went well, also while something is broken; ``None`` where none has yet.
    opening: Opening | None = None
    proof: Proof | None = None
    #: One line each: what keeps it from being made now.
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Where a change asks for another proof."""

    roots: Sequence[Path]
    ignored: tuple[Path, ...]
    #: Hears when one can't be watched.
    warn: Callable[[str], None]


class Proofs:
    """Makes them, in one thread; any other reads ``shown``."""

    def __init__(self, rehearsal: Rehearsal, *, explain: Callable[[Exception], Sequence[str]]) -> None:
        self._rehearsal = rehearsal
        self._explain = explain
        self._prefix, self._number = secrets.token_hex(4), 0
        self.shown = Shown(version=self._version(), at=datetime.now(UTC))

    def renew(self) -> None:
        """Make one; what goes wrong is shown beside the last that went well."""
        self.shown = self._made()

    def follow(self) -> None:
        """Make one where the store has changed; one that is as before isn't shown anew."""
        if self._rehearsal.outdated():
            made = self._made()
            if (made.proof, made.problems) != (self.shown.proof, self.shown.problems):
                self.shown = made

    def _made(self) -> Shown:
        now = datetime.now(UTC)
        try:
            opening, proof = self._rehearsal.proof(now=now)
        except Exception as error:  # noqa: BLE001 - the edge: a template, a post, the configuration, a fault
            problems = tuple(self._explain(error))
            return replace(self.shown, version=self._version(), at=now, problems=problems)
        return Shown(version=self._version(), at=now, opening=opening, proof=proof)

    def _version(self) -> str:
        self._number += 1
        return f"{self._prefix}-{self._number}"


@contextmanager
def renewing(proofs: Proofs, watched: Watched) -> Iterator[None]:
    """Keep the proofs new for as long as the block lasts."""
    wanted, stopping = threading.Event(), threading.Event()
    threads = [threading.Thread(target=_renew, args=(proofs, wanted, stopping), daemon=True)]
    for root in watched.roots:
        arguments = (root, watched, wanted, stopping)
        threads.append(threading.Thread(target=_ask, args=arguments, daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        wanted.set()
        for thread in threads:  # one may be in a template that never ends; all of them end with the process
            thread.join(_PATIENCE)


def _renew(proofs: Proofs, wanted: threading.Event, stopping: threading.Event) -> None:
    while not stopping.is_set():
        if not wanted.wait(_LOOK):
            proofs.follow()
        elif not stopping.is_set():
            wanted.clear()
            proofs.renew()


def _ask(root: Path, watched: Watched, wanted: threading.Event, stopping: threading.Event) -> None:
    for _ in changes(root, ignored=watched.ignored, stopping=stopping, warn=watched.warn):
        wanted.set()
