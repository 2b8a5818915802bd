"""SIGKILL at one call after another of a pass that freezes an edition for twelve readers and mails it.

A kill at ``sendto`` comes before the bytes have left, one at ``recvfrom`` after they have and before the
answer is read: there is the gap that RFC 1047 is about. Our client writes by ``sendto`` alone, says strace.
"""

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from itertools import count

import pytest

from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionId
from syndicate.reports.verify import verify
from syndicate.settings.schema import MailSettings, Settings
from syndicate.store import deliveries
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.places import store_path

pytestmark = pytest.mark.system

READERS = 12
#: A pass over one connection has at least so many; strace counts for each thread, and one connection is one.
FEWEST = {
    "pwrite64": 100,
    "fdatasync": 15,
    "fsync": 4,
    "rename": 2,
    "unlink": 1,
    "sendto": 2 * READERS,
    "recvfrom": 2 * READERS,
}
#: Some of each, over two connections.
SAMPLE = (
    *(("sendto", at, "hold") for at in (1, 2, 5, 8)),
    *(("recvfrom", at, "hold") for at in (2, 4, 9)),
    *(("sendto", at, "resend") for at in (6, 7)),
    *(("recvfrom", at, "resend") for at in (4, 6)),
    *(("pwrite64", at, "hold") for at in (60, 90)),
    ("fdatasync", 12, "resend"),
)
SMTP = """
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
connections = {connections}
[dispatch]
uncertain = "{uncertain}"
"""


@dataclass(frozen=True)
class Mended:
    """How things stand after a killed pass and another one."""

    killed: bool
    #: Who got how many copies.
    copies: Counter
    #: How many different messages that were.
    different: int
    accepted: set[str]
    uncertain: set[str]
    others: int
    problems: tuple[str, ...]


@pytest.fixture
def mailing(due, serve):
    """Give a function that lets a newsroom with an edition to send mail it to a server; give both."""

    def mailing(*, connections, uncertain):
        server = serve()
        smtp = SMTP.format(port=server.port, connections=connections, uncertain=uncertain)
        config = due.config.read_text(encoding="utf-8").replace("[mail]", '[mail]\ntransport = "smtp"')
        due.config.write_text(config + smtp, encoding="utf-8")
        due.run("-q", "build")  # what is left is to freeze and to send
        return due, server

    return mailing


def killed_and_mended(room, server, folder, call, at):
    """Kill a pass at the given call, make another, and look."""
    copy = room.copied(folder / f"{call}{at}")
    before = len(server.kept)
    killed = copy.run_killed(call, at)
    copy.run("run", "--once")
    found = look(copy, server.kept[before:], killed=killed)
    shutil.rmtree(copy.folder)
    return found


def look(room, kept, *, killed):
    """Give how things stand."""
    engine = connect(sqlite_url(store_path(room.outbox)))
    settings = Settings(outbox=room.outbox, mail=MailSettings(transport="smtp"))
    problems = verify(engine, settings, EditionId(1)).problems
    with reading(engine) as connection:
        rows = deliveries.of_edition(connection, EditionId(1), states=tuple(DeliveryState))
        states = {address: row.state for row, address in rows}
    engine.dispose()
    accepted = {each for each, state in states.items() if state is DeliveryState.ACCEPTED}
    uncertain = {each for each, state in states.items() if state is DeliveryState.UNCERTAIN}
    return Mended(
        killed=killed,
        copies=Counter(recipient for _, recipient, _ in kept),
        different=len({message_id(content) for _, _, content in kept}),
        accepted=accepted,
        uncertain=uncertain,
        others=len(states) - len(accepted) - len(uncertain),
        problems=problems,
    )


def message_id(content):
    """Give what a message is called."""
    return re.search(rb"^Message-ID: *\s*(<[^>]*>)", content, re.MULTILINE)[1]


def check(found, *, connections, uncertain):
    """Nobody is lost, and a second copy is the same message, or is none."""
    assert (found.others, found.problems) == (0, ())
    assert len(found.accepted | found.uncertain) == READERS
    assert found.different == len(found.copies)
    assert found.accepted <= set(found.copies)
    again = found.copies.total() - len(found.copies)
    if uncertain == "hold":
        assert again == 0
        assert len(found.uncertain) <= 2 * connections
    else:
        assert found.uncertain == set()
        assert again <= connections


@pytest.mark.parametrize(("call", "at", "uncertain"), SAMPLE)
def test_a_pass_killed_at_a_call_is_mended_by_the_next(mailing, tmp_path_factory, call, at, uncertain):
    room, server = mailing(connections=2, uncertain=uncertain)

    found = killed_and_mended(room, server, tmp_path_factory.mktemp("killed"), call, at)

    assert found.killed
    check(found, connections=2, uncertain=uncertain)


@pytest.mark.long
@pytest.mark.parametrize("uncertain", ["hold", "resend"])
@pytest.mark.parametrize("call", FEWEST)
def test_there_is_no_call_at_which_a_kill_does_harm(mailing, tmp_path_factory, call, uncertain):
    room, server = mailing(connections=1, uncertain=uncertain)
    folder = tmp_path_factory.mktemp("killed")
    doubts = again = 0
    for at in count(1):
        found = killed_and_mended(room, server, folder, call, at)

        check(found, connections=1, uncertain=uncertain)
        doubts += len(found.uncertain)
        again += found.copies.total() - len(found.copies)
        if not found.killed:  # there are no more of them
            break
    print(f"\n{call}, {uncertain}: {at - 1} kills, {doubts} doubts named, {again} second copies")  # noqa: T201 - shown by -s

    assert at > FEWEST[call]
    assert call != "recvfrom" or (doubts if uncertain == "hold" else again)
