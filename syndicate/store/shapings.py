"""What editors gave editions: words, and posts pinned or dropped."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from syndicate.model.edition import EditionId, EditionState
from syndicate.model.post import PostId
from syndicate.model.shaping import Choice, Kind, Shaping
from syndicate.store.engine import insert_or_ignore, upsert
from syndicate.store.tables import choice, edition, move, shaping


def of(connection: sa.Connection, list_name: str, edition_id: EditionId | None) -> Shaping:
    """Give what was given to an edition of a list; ``None``: to one that isn't real yet."""
    barred = _barred(connection, list_name)
    if edition_id is None:
        return Shaping(barred=barred)
    chosen = choices(connection, edition_id)
    return Shaping(
        **_words(connection, edition_id),
        pinned=tuple(each.post_id for each in chosen if each.kind is Kind.PINNED),
        dropped=frozenset(each.post_id for each in chosen if each.kind is Kind.DROPPED),
        barred=barred,
    )


def _words(connection: sa.Connection, edition_id: EditionId) -> dict[str, str]:
    columns = (shaping.c.introduction, shaping.c.subject, shaping.c.preheader)
    row = connection.execute(sa.select(*columns).where(shaping.c.edition_id == edition_id)).first()
    return {} if row is None else {**row._mapping}  # noqa: SLF001 - SQLAlchemy's own public attribute


def _barred(connection: sa.Connection, list_name: str) -> frozenset[PostId]:
    query = (
        sa.select(choice.c.post_id)
        .join(edition, edition.c.id == choice.c.edition_id)
        .where(edition.c.list == list_name, choice.c.kind == Kind.BARRED)
    )
    return frozenset(PostId(each) for each in connection.scalars(query))


def choices(connection: sa.Connection, edition_id: EditionId) -> list[Choice]:
    """Give the posts pinned in an edition, the first of the page first, and then those dropped from it."""
    return _choices(connection, choice.c.edition_id == edition_id)


def about(connection: sa.Connection, post_id: PostId) -> list[Choice]:
    """Give every edition that a post was pinned in or dropped from, in order."""
    return _choices(connection, choice.c.post_id == post_id)


def _choices(connection: sa.Connection, criterion: sa.ColumnElement[bool]) -> list[Choice]:
    first = sa.case((choice.c.kind == Kind.PINNED, 0), else_=1)
    query = (
        sa.select(choice, edition.c.list)
        .join(edition, edition.c.id == choice.c.edition_id)
        .where(criterion)
        .order_by(choice.c.edition_id, first, choice.c.position, choice.c.post_id)
    )
    return [
        Choice(
            edition_id=EditionId(row.edition_id),
            list_name=row.list,
            post_id=PostId(row.post_id),
            kind=Kind(row.kind),
            who=row.who,
            why=row.why,
            at=row.at,
        )
        for row in connection.execute(query)
    ]


def say(connection: sa.Connection, edition_id: EditionId, words: Mapping[str, str]) -> None:
    """Write what an edition says; keys are columns of ``shaping``, and the others stay."""
    connection.execute(insert_or_ignore(connection, shaping).values(edition_id=edition_id))
    connection.execute(sa.update(shaping).where(shaping.c.edition_id == edition_id).values(**words))


def choose(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write choices, each in the place of an earlier one of the same post; keys are the table's columns."""
    if rows:
        connection.execute(upsert(connection, choice), list(rows))


def place(connection: sa.Connection, edition_id: EditionId, pinned: Sequence[PostId]) -> None:
    """Give an edition's pinned posts their order."""
    for position, post_id in enumerate(pinned):
        mine = (choice.c.edition_id == edition_id, choice.c.post_id == post_id)
        connection.execute(sa.update(choice).where(*mine).values(position=position))


def forget(connection: sa.Connection, made: Collection[Choice]) -> None:
    """Take choices back."""
    for each in made:
        mine = (choice.c.edition_id == each.edition_id, choice.c.post_id == each.post_id)
        connection.execute(sa.delete(choice).where(*mine))


def frozen_since(connection: sa.Connection, made: Choice) -> EditionId | None:
    """Give an edition of the list that was put together after a choice was made; ``None`` where none was.

    By the order of the log: a pass counts with the time at which it began.
    """
    logged = (
        sa.select(sa.func.min(move.c.id))
        .where(move.c.edition_id == made.edition_id, move.c.at == made.at)
        .scalar_subquery()
    )
    query = (
        sa.select(sa.func.min(move.c.edition_id))
        .join(edition, edition.c.id == move.c.edition_id)
        .where(edition.c.list == made.list_name, move.c.new == EditionState.FREEZING, move.c.id > logged)
    )
    found: int | None = connection.scalar(query)
    return None if found is None else EditionId(found)
