"""Telling a store from its copy: a restored or cloned one starts held, so that nobody gets a post twice.

The store knows its *place* (the file's inode; on PostgreSQL the database within its cluster), which a copy
doesn't share, and a *lease*, a number that grows whenever it begins and ends sending. The outbox keeps the
highest lease it has seen, and the last numbers that were given: a store that was put back to an earlier day
is *behind* it, and doesn't know of all that was sent.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from syndicate.files import write_if_changed
from syndicate.store import holding, identity, meta, numbering
from syndicate.store.engine import reading

#: Who holds a store when no person does.
SYNDICATE = "syndicate"

_PLACE = "place"
_LEASE = "lease"
#: Beside the store, and not in it.
_WITNESS = ".lease"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a store is, and how often it has sent."""

    #: Where it was when it was last looked at; ``None`` for one that never was.
    known_place: str | None
    place: str
    lease: int
    #: The highest lease the outbox has seen.
    witnessed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What makes a store a copy."""

    why: str
    #: Whether messages may have gone out that it doesn't know of.
    behind: bool


def finding(standing: Standing) -> Finding | None:
    """Give what makes a store a copy; ``None`` for one that is where and what it was. Pure."""
    if standing.witnessed > standing.lease:
        why = "it is older than the one that last sent from this outbox: it was restored"
        return Finding(why=why, behind=True)
    if standing.known_place in {None, standing.place}:
        return None
    if standing.lease and not standing.witnessed:
        return Finding(why="it came here without its outbox: it may be a backup", behind=True)
    return Finding(why="it is a copy of another store, or was moved: the other may be sending", behind=False)


def look(engine: sa.Engine, outbox: Path, *, now: datetime) -> str | None:
    """Hold the store where it turns out to be a copy; give what was found. Once: a release counts."""
    with reading(engine) as connection:
        standing = _standing(connection, outbox)
    found = finding(standing)
    if found is None and standing.known_place is not None:
        return None
    with engine.begin() as connection:
        meta.write(connection, _PLACE, standing.place)
        if found is not None:
            declare_copy(connection, outbox, found, now=now)
    return found.why if found else None


def declare_copy(connection: sa.Connection, outbox: Path, found: Finding, *, now: datetime) -> None:
    """Give a copy an instance of its own, ahead of everything this outbox has seen, and hold it."""
    seen = _witness(outbox)
    lease = max(_lease(connection), seen.pop(_LEASE, 0))
    numbering.go_on_after(connection, seen)
    meta.write(connection, _LEASE, str(lease))
    meta.write(connection, identity.INSTANCE, uuid.uuid4().hex)
    holding.hold(connection, who=SYNDICATE, why=found.why, at=now)
    if found.behind:
        holding.put_behind(connection)


def renew(engine: sa.Engine, outbox: Path) -> None:
    """Let the lease grow: call it before something is sent, and after.

    The store is first: killed in between, it is ahead of the outbox, which is no finding.
    """
    with engine.begin() as connection:
        lease = _lease(connection) + 1
        meta.write(connection, _LEASE, str(lease))
        seen = {_LEASE: lease, **numbering.highest(connection)}
    write_if_changed(outbox / _WITNESS, (json.dumps(seen) + "\n").encode("ascii"))


def lease(connection: sa.Connection) -> int:
    """Give how often the store has begun or ended sending."""
    return _lease(connection)


def _standing(connection: sa.Connection, outbox: Path) -> Standing:
    return Standing(
        known_place=meta.read(connection, _PLACE),
        place=_place(connection),
        lease=_lease(connection),
        witnessed=_witness(outbox).get(_LEASE, 0),
    )


def _lease(connection: sa.Connection) -> int:
    return int(meta.read(connection, _LEASE) or "0")


def _witness(outbox: Path) -> dict[str, int]:
    """Give the highest lease the outbox has seen, and the last numbers; nothing where it has seen none."""
    try:
        seen = json.loads((outbox / _WITNESS).read_text(encoding="ascii"))
    except (OSError, ValueError):  # none yet, or cut short: no witness
        return {}
    return seen if isinstance(seen, dict) else {_LEASE: int(seen)}  # the lease alone, as it was once


def _place(connection: sa.Connection) -> str:
    path = connection.engine.url.database
    if connection.dialect.name == "sqlite":
        return f"inode {Path(str(path)).stat().st_ino}"
    try:
        with connection.begin_nested():
            cluster = connection.scalar(sa.text("SELECT system_identifier FROM pg_control_system()"))
    except DBAPIError:  # the role may not ask
        cluster = "unknown"
    number = connection.scalar(sa.text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    return f"cluster {cluster} database {number}"
