"""Editions, and who moved them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from syndicate.model.edition import Edition, EditionId, EditionState, Move
from syndicate.model.post import ArrivalNumber
from syndicate.store import numbering
from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import delivery, edition, move


def create(  # noqa: PLR0913 - the columns
    connection: sa.Connection,
    *,
    list_name: str,
    cadence: str,
    occurrence: str,
    due_at: datetime,
    at: datetime,
    cut_off_at: datetime | None = None,
) -> EditionId | None:
    """Make an occurrence real; ``None`` when it is already. It collects until ``cut_off_at``, or is due."""
    number = numbering.beyond(connection, edition)
    statement = (
        insert_or_ignore(connection, edition)
        .values(
            **({} if number is None else {"id": number}),
            list=list_name,
            cadence=cadence,
            occurrence=occurrence,
            due_at=due_at,
            cut_off_at=cut_off_at,
            state=EditionState.COLLECTING,
            state_changed_at=at,
            subject="",
            created_at=at,
        )
        .returning(edition.c.id)
    )
    made: int | None = connection.scalar(statement)
    return None if made is None else EditionId(made)


def get(connection: sa.Connection, edition_id: EditionId) -> Edition | None:
    """Give one edition."""
    row = connection.execute(sa.select(edition).where(edition.c.id == edition_id)).first()
    return None if row is None else _edition(row)


def at(connection: sa.Connection, list_name: str, cadence: str, occurrence: str) -> Edition | None:
    """Give the edition of an occurrence."""
    mine = (edition.c.list == list_name, edition.c.cadence == cadence, edition.c.occurrence == occurrence)
    row = connection.execute(sa.select(edition).where(*mine)).first()
    return None if row is None else _edition(row)


def every(connection: sa.Connection) -> list[Edition]:
    """Give all editions, the newest first."""
    return [_edition(row) for row in connection.execute(sa.select(edition).order_by(edition.c.id.desc()))]


def due(connection: sa.Connection, states: Collection[EditionState], *, now: datetime) -> list[Edition]:
    """Give the editions in these states whose time has come, in the order in which they go out.

    The time of one that isn't frozen yet is its cut-off.
    """
    unfrozen = edition.c.state.in_((EditionState.COLLECTING, EditionState.FREEZING))
    cut_off = sa.func.coalesce(edition.c.cut_off_at, edition.c.due_at)
    time = sa.case((unfrozen, cut_off), else_=edition.c.due_at)
    query = (
        sa.select(edition)
        .where(edition.c.state.in_(states), time <= now)
        .order_by(edition.c.due_at, edition.c.id)
    )
    return [_edition(row) for row in connection.execute(query)]


def in_state(connection: sa.Connection, states: Collection[EditionState]) -> list[Edition]:
    """Give the editions in these states, in the order in which they are due."""
    query = sa.select(edition).where(edition.c.state.in_(states)).order_by(edition.c.due_at, edition.c.id)
    return [_edition(row) for row in connection.execute(query)]


def undone(connection: sa.Connection) -> list[Edition]:
    """Give the editions that were taken back, and whose deliveries or cursors don't all say so yet."""
    from syndicate.model.delivery import OPEN_STATES  # `build` asks for editions, and for no delivery

    still = sa.select(delivery.c.edition_id).where(
        delivery.c.edition_id == edition.c.id, delivery.c.state.in_(OPEN_STATES)
    )
    undropped = sa.and_(edition.c.dropped, edition.c.frozen_through < edition.c.audience_to)
    query = sa.select(edition).where(
        edition.c.state.in_((EditionState.CANCELLED, EditionState.SKIPPED)), sa.or_(still.exists(), undropped)
    )
    return [_edition(row) for row in connection.execute(query.order_by(edition.c.id))]


def state(connection: sa.Connection, edition_id: EditionId) -> EditionState:
    """Give an edition's state, which no other transaction changes before this one ends."""
    query = sa.select(edition.c.state).where(edition.c.id == edition_id).with_for_update(read=True)
    return EditionState(connection.execute(query).scalar_one())


def exchange(  # noqa: PLR0913 - the row's columns
    connection: sa.Connection,
    edition_id: EditionId,
    *,
    old: EditionState,
    new: EditionState,
    who: str,
    why: str,
    at: datetime,
    read_at: int | None = None,
    **values: Any,  # noqa: ANN401 - columns that are fixed together with the state
) -> bool:
    """Move an edition and log it, where it is still in ``old``; give whether it was.

    With ``read_at``, only where it is still in that revision too.
    """
    swap = sa.update(edition).where(edition.c.id == edition_id, edition.c.state == old)
    if read_at is not None:
        swap = swap.where(edition.c.revision == read_at)
    if not connection.execute(swap.values(state=new, state_changed_at=at, **values)).rowcount:
        return False
    row = {"edition_id": edition_id, "at": at, "who": who, "old": old, "new": new, "why": why}
    connection.execute(sa.insert(move), row)
    return True


def revise(connection: sa.Connection, list_name: str) -> None:
    """Say that what editors gave the list's editions to say has changed, as far as they aren't frozen."""
    unfrozen = edition.c.state.in_((EditionState.COLLECTING, EditionState.MISSED))
    mine = sa.update(edition).where(edition.c.list == list_name, unfrozen)
    connection.execute(mine.values(revision=edition.c.revision + 1))


def occurrences(connection: sa.Connection, list_name: str, cadence: str) -> frozenset[str]:
    """Give the occurrences of a list's cadence that have an edition, whatever became of it."""
    query = sa.select(edition.c.occurrence).where(edition.c.list == list_name, edition.c.cadence == cadence)
    return frozenset(connection.scalars(query))


def highest_number(connection: sa.Connection) -> EditionId:
    """Give the last edition's number; 0 where there is none."""
    return EditionId(connection.scalar(sa.select(sa.func.max(edition.c.id))) or 0)


def moves(connection: sa.Connection, edition_id: EditionId) -> list[Move]:
    """Give everything that was done to an edition, in order."""
    query = sa.select(move).where(move.c.edition_id == edition_id).order_by(move.c.id)
    return [
        Move(
            edition_id=EditionId(row.edition_id),
            at=row.at,
            who=row.who,
            old=EditionState(row.old),
            new=EditionState(row.new),
            why=row.why,
        )
        for row in connection.execute(query)
    ]


def _edition(row: Any) -> Edition:  # noqa: ANN401 - SQLAlchemy's rows have no useful type
    return Edition(
        id=EditionId(row.id),
        list_name=row.list,
        cadence=row.cadence,
        occurrence=row.occurrence,
        due_at=row.due_at,
        cut_off_at=row.cut_off_at or row.due_at,
        state=EditionState(row.state),
        arrival_to=None if row.arrival_to is None else ArrivalNumber(row.arrival_to),
        subject=row.subject,
        dropped=row.dropped,
        revision=row.revision,
        created_at=row.created_at,
        state_changed_at=row.state_changed_at,
    )
