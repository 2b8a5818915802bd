"""A file of readers: everybody it holds, and each line that can't be used by its number."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

import sqlalchemy as sa

from syndicate.audience.addresses import parse
from syndicate.audience.subscribing import (
    Outcome,
    Request,
    check_cadence,
    check_consent,
    clean_name,
    subscribe,
)
from syndicate.errors import AddressError, AudienceError
from syndicate.settings.schema import ListSettings

#: One transaction's worth: a few hundredths of a second.
CHUNK = 250
#: What the columns may be called; without a header the first column is the address.
_ADDRESS = ("email", "e-mail", "address", "email address", "mail")
_NAME = ("name", "full name", "display name")
_CADENCE = ("cadence",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What became of a file's lines."""

    added: int
    #: Were on the list already, or stand in the file twice.
    known: int
    unsubscribed: int
    suppressed: int
    #: One clear line each: ``readers.csv:12: what; what to do``.
    problems: tuple[str, ...]


def import_csv(  # noqa: PLR0913 - a file, a list, a word and an instant
    engine: sa.Engine,
    path: Path,
    *,
    list_settings: ListSettings,
    consent: str,
    who: str,
    now: datetime,
    progress: Callable[[int], None] = lambda _lines: None,
) -> Import:
    """Put everybody in a CSV file on the list; doing it again changes nothing.

    A bad line is named and stops no other. ``AudienceError`` where the file as a whole can't be read.
    """
    words = check_consent(consent)
    counts: Counter[str] = Counter()
    problems: list[str] = []
    with _opened(path) as lines:
        requests = _requests(path, lines, list_settings, problems)
        while chunk := list(islice(requests, CHUNK)):
            with engine.begin() as connection:
                outcome = subscribe(
                    connection, chunk, list_settings=list_settings, consent=words, who=who, now=now
                )
            counts.update(_counted(outcome, chunk))
            progress(counts.total() + len(problems))
    return Import(
        added=counts["added"],
        known=counts["known"],
        unsubscribed=counts["unsubscribed"],
        suppressed=counts["suppressed"],
        problems=tuple(problems),
    )


def _counted(outcome: Outcome, chunk: Sequence[Request]) -> Mapping[str, int]:
    new, gone, kept_out = len(outcome.added), len(outcome.unsubscribed), len(outcome.suppressed)
    return {
        "added": new,
        "unsubscribed": gone,
        "suppressed": kept_out,
        "known": len(chunk) - new - gone - kept_out,
    }


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Give the rows of the file, each with its line number."""
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise AudienceError(_unreadable(path, error.strerror or str(error))) from error
    with file:
        yield _rows(path, file)


def _rows(path: Path, file: TextIO) -> Iterator[tuple[int, list[str]]]:
    try:
        first = file.readline()
        file.seek(0)
        reader = csv.reader(file, delimiter=max(",;\t", key=first.count), strict=True)
        for row in reader:
            yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise AudienceError(f"{path}: it is not UTF-8; save it as UTF-8 and run again") from error
    except (csv.Error, OSError) as error:
        raise AudienceError(_unreadable(path, str(error))) from error


def _unreadable(path: Path, reason: str) -> str:
    return f"{path}: can't be read as CSV ({reason.lower()}); correct it and run again"


def _requests(
    path: Path, lines: Iterator[tuple[int, list[str]]], list_settings: ListSettings, problems: list[str]
) -> Iterator[Request]:
    columns: Mapping[str, int] | None = None
    for number, row in lines:
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            columns = _columns(row)
            if columns["header"]:
                continue
        try:
            yield _request(row, columns, list_settings)
        except (AddressError, AudienceError) as error:
            problems.append(f"{path}:{number}: {error}")


def _columns(row: list[str]) -> Mapping[str, int]:
    """Give the place of each column; -1 for one that isn't there."""
    names = [cell.strip().casefold() for cell in row]
    if any("@" in name for name in names):
        return {"header": 0, "address": 0, "name": 1, "cadence": -1}
    address = _place(names, _ADDRESS)
    return {
        "header": 1,
        "address": max(address, 0),
        "name": _place(names, _NAME),
        "cadence": _place(names, _CADENCE),
    }


def _place(names: list[str], wanted: tuple[str, ...]) -> int:
    return next((at for at, name in enumerate(names) if name in wanted), -1)


def _request(row: list[str], columns: Mapping[str, int], list_settings: ListSettings) -> Request:
    cadence = _cell(row, columns["cadence"]).strip().casefold() or None
    check_cadence(list_settings, cadence)
    return Request(
        address=parse(_cell(row, columns["address"])),
        name=clean_name(_cell(row, columns["name"])),
        cadence=cadence,
    )


def _cell(row: list[str], place: int) -> str:
    return row[place] if 0 <= place < len(row) else ""
