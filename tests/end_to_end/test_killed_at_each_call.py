"""SIGKILL at one call after another of a pass that freezes and sends an edition to twelve readers."""

import shutil
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from syndicate.model.edition import EditionId
from syndicate.reports.verify import verify
from syndicate.settings.schema import Settings
from syndicate.store.engine import connect, sqlite_url
from syndicate.store.places import store_path

pytestmark = pytest.mark.system

#: One of a pass's threads makes at least so many; documents are synced by threads of their own.
FEWEST = {"pwrite64": 100, "fdatasync": 10, "fsync": 8, "rename": 18, "unlink": 1}
#: Some of each, from noticing the post to the last word on the edition.
SAMPLE = (
    *(("pwrite64", at) for at in (10, 40, 65, 85, 110, 135)),
    *(("fdatasync", at) for at in (4, 9, 13)),
    *(("fsync", at) for at in (1, 4, 8)),
    *(("rename", at) for at in (8, 13, 18)),
)


@dataclass(frozen=True)
class Mended:
    """How things stand after a killed pass and another one."""

    killed: bool
    copies: set[int]
    readers: int
    left_behind: list[Path]
    words: str
    problems: tuple[str, ...]


WELL = {"copies": {1}, "readers": 12, "left_behind": [], "words": "12 accepted", "problems": ()}


def killed_and_mended(due, folder, call, at):
    """Kill a pass at the given call, make another, and look."""
    room = due.copied(folder / f"{call}{at}")
    killed = room.run_killed(call, at)
    room.run("run", "--once")
    found = look(room, killed=killed)
    shutil.rmtree(room.folder)
    return found


def look(room, *, killed):
    """Give how things stand."""
    engine = connect(sqlite_url(store_path(room.outbox)))
    verified = verify(engine, Settings(outbox=room.outbox), EditionId(1))
    engine.dispose()
    copies = Counter(path.name.partition("-")[2] for path in room.letters())
    return Mended(
        killed=killed,
        copies=set(copies.values()),
        readers=len(copies),
        left_behind=[path for folder in ("mail", "public") for path in (room.outbox / folder).rglob(".*")],
        words=verified.words,
        problems=verified.problems,
    )


@pytest.mark.parametrize(("call", "at"), SAMPLE)
def test_a_pass_that_is_killed_at_a_call_is_mended_by_the_next(due, tmp_path_factory, call, at):
    found = killed_and_mended(due, tmp_path_factory.mktemp("killed"), call, at)

    assert found == Mended(killed=True, **WELL)


@pytest.mark.long
@pytest.mark.parametrize("call", FEWEST)
def test_there_is_no_call_at_which_a_kill_does_harm(due, tmp_path_factory, call):
    folder = tmp_path_factory.mktemp("killed")
    for at in count(1):
        found = killed_and_mended(due, folder, call, at)

        assert found == Mended(killed=found.killed, **WELL), f"{call} {at}"
        if not found.killed:  # there are no more of them
            break

    assert at > FEWEST[call]
