"""Whether the store may send at all: a person's word, and the default of every copy."""

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndicate.errors import StoreError
from syndicate.store import meta
from syndicate.store.tables import meta as table

_HELD = "held"
#: The last release: when, by whom, and from what.
_RELEASED = "released"
#: There while messages may have gone out that the store doesn't know of, and nobody has said what of them.
_BEHIND = "behind"

_QUESTION = (
    "the store: it was put back, and doesn't know what was sent since; look at `syndicate plan`, and say "
    "what becomes of all that readers are owed: `syndicate release --drop` counts it as sent, and nobody "
    "gets a post twice; `syndicate release --send` sends it, and who has a post already gets it again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Nothing is frozen and nothing is handed over until somebody releases the store."""

    at: datetime
    who: str
    why: str


def held(connection: sa.Connection) -> Hold | None:
    """Give the hold, if there is one."""
    document = meta.read(connection, _HELD)
    if document is None:
        return None
    at, who, why = json.loads(document)
    return Hold(at=datetime.fromisoformat(at), who=who, why=why)


def hold(connection: sa.Connection, *, who: str, why: str, at: datetime) -> None:
    """Stop all sending; a hold that is there already keeps its reason."""
    if held(connection) is None:
        meta.write(connection, _HELD, json.dumps([at.isoformat(), who, why], ensure_ascii=False))


def put_behind(connection: sa.Connection) -> None:
    """Say that messages may have gone out that the store doesn't know of, and nobody has answered for."""
    meta.write(connection, _BEHIND, "")


def behind(connection: sa.Connection) -> bool:
    """Give whether messages may have gone out that it doesn't know of, and nobody has answered for."""
    return meta.read(connection, _BEHIND) is not None


def release(connection: sa.Connection, *, who: str, at: datetime, answered: bool = False) -> Hold | None:
    """Let the store send again; give the hold that ended, if there was one.

    ``StoreError`` where it is ``behind``, unless a person ``answered`` what becomes of what readers are owed.
    """
    if behind(connection) and not answered:
        raise StoreError(_QUESTION)
    meta.remove(connection, _BEHIND)
    ended = held(connection)
    if ended is not None:
        meta.remove(connection, _HELD)
        words = [at.isoformat(), who, ended.why]
        meta.write(connection, _RELEASED, json.dumps(words, ensure_ascii=False))
    return ended


def unheld() -> sa.ColumnElement[bool]:
    """Give the condition that nothing is held, for statements that claim."""
    return ~sa.select(sa.literal(1)).where(table.c.key == _HELD).exists()
