"""What an edition claims, derived again from the ledger and from the files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from syndicate.dispatch.claims import conclusion, in_words
from syndicate.model.delivery import OPEN_STATES, Delivery, DeliveryState
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.reports.editions import get
from syndicate.settings.schema import Settings
from syndicate.store import deliveries, editions
from syndicate.store.engine import reading

#: States in which everything has been said and done.
_DONE = (EditionState.SENT, EditionState.SENT_WITH_EXCEPTIONS)
#: The reply to a message that left as a file: its place below ``outbox/mail``, LIST/NUMBER/FILE.
_PATH = re.compile(r"[a-z0-9-]+/[0-9]+/[^/]+\.eml")
#: Problems of one kind that are named one by one.
_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """An edition's claim, and what its ledger says."""

    edition: Edition
    counts: Mapping[DeliveryState, int]
    #: "4,998 accepted, 2 uncertain".
    words: str
    #: Message files compared with the ledger; ``None`` where no message left as one.
    files: int | None
    #: One clear line each; empty when claim, ledger and files agree.
    problems: tuple[str, ...]


def verify(engine: sa.Engine, settings: Settings, edition_id: EditionId) -> Verification:
    """Derive an edition's figures again, and compare; ``EditionError`` when there is none of that number."""
    with reading(engine) as connection:
        edition = get(connection, edition_id)
        counts = deliveries.counts(connection, edition_id)
        problems = [*_of_state(edition, counts), *_of_moves(connection, edition, counts)]
        problems += _of_repeats(connection, edition)
        files, differences = _of_files(connection, settings.outbox / "mail", edition)
    return Verification(
        edition=edition,
        counts=counts,
        words=in_words(counts),
        files=files,
        problems=(*problems, *differences),
    )


def _of_state(edition: Edition, counts: dict[DeliveryState, int]) -> Iterator[str]:
    if edition.state not in _DONE:
        return
    still_open = sum(counts.get(state, 0) for state in OPEN_STATES)
    if still_open:
        yield _contradiction(edition, f"{still_open} deliveries are open")
    elif conclusion(counts)[0] is not edition.state:
        yield _contradiction(edition, f"its ledger has {in_words(counts)}")


def _contradiction(edition: Edition, what: str) -> str:
    return f'edition {edition.id}: it says "{edition.state}", but {what}; restore a backup, and report this'


def _of_moves(connection: sa.Connection, edition: Edition, counts: dict[DeliveryState, int]) -> Iterator[str]:
    """Compare the log with the row, and the number that was frozen with the ledger."""
    moves = editions.moves(connection, edition.id)
    if moves and moves[-1].new is not edition.state:
        yield _contradiction(edition, f'its log says "{moves[-1].new}"')
    rows = sum(counts.values())
    for each in moves:
        claimed, _, unit = each.why.partition(" ")
        if each.new is EditionState.FROZEN and unit == "deliveries" and claimed != str(rows):
            yield _contradiction(edition, f"{claimed} deliveries were frozen, and the ledger has {rows}")


def _of_repeats(connection: sa.Connection, edition: Edition) -> Iterator[str]:
    for address, path, other in islice(deliveries.given_twice(connection, edition.id), _NAMED):
        yield f"{address}: was given {path} by edition {other} too; look at both with --reader"


def _of_files(connection: sa.Connection, folder: Path, edition: Edition) -> tuple[int | None, list[str]]:
    """Compare the edition's files with the deliveries that left as files, both ways.

    What left is told by each reply: the transport that is configured today may be another one.
    """
    problems: list[str] = []
    compared: set[Path] = set()
    for delivery, address in deliveries.of_edition(connection, edition.id, states=(DeliveryState.ACCEPTED,)):
        if not _PATH.fullmatch(delivery.reply):
            continue
        path = folder / delivery.reply
        compared.add(path)
        problem = _of_file(path, delivery)
        if problem and len(problems) < _NAMED:
            problems.append(f"{path}: {problem} ({address})")
    if not compared:
        return None, []
    left = {path for here in {each.parent for each in compared} for path in here.glob("*.eml")} - compared
    left -= _in_doubt(connection, edition, left)
    problems += [f"{path}: no accepted delivery stands behind it" for path in sorted(left)[:_NAMED]]
    return len(compared), problems


def _in_doubt(connection: sa.Connection, edition: Edition, paths: set[Path]) -> set[Path]:
    """Give the files that may stand there: a process died between writing them and writing that down."""
    if not paths:
        return set()
    states = (DeliveryState.HANDING, DeliveryState.UNCERTAIN)
    ids = {delivery.id for delivery, _ in deliveries.of_edition(connection, edition.id, states=states)}
    return {path for path in paths if _number(path) in ids}


def _number(path: Path) -> int | None:
    number = path.name.partition("-")[0]
    return int(number) if number.isdecimal() else None


def _of_file(path: Path, delivery: Delivery) -> str | None:
    try:
        head = path.read_bytes().partition(b"\r\n\r\n")[0]
    except OSError:
        return "the ledger says it was written, and it is not there"
    if f"Message-ID: {delivery.message_id}".encode() not in head.replace(b"\r\n ", b" "):
        return "it is another message than the ledger's"
    return None
