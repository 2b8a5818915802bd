"""What an edition says, once for all the readers who are owed the same."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from syndicate.model.edition import EditionId, Variant, VariantId
from syndicate.model.post import PostId
from syndicate.store.tables import delivery, variant, variant_post

#: More than a line of slots and a From have.
_BEGINNING_BYTES = 2_000


def add(  # noqa: PLR0913 - the columns
    connection: sa.Connection,
    edition_id: EditionId,
    *,
    key: str,
    post_ids: Sequence[PostId],
    subject: str,
    html: str,
    text: str,
    wire: bytes,
) -> None:
    """Write one variant with its posts, in the order in which they are shown."""
    statement = sa.insert(variant).values(
        edition_id=edition_id, key=key, subject=subject, html=html, text=text, wire=wire
    )
    made = connection.execute(statement.returning(variant.c.id)).scalar_one()
    rows = [
        {"variant_id": made, "position": position, "post_id": post_id}
        for position, post_id in enumerate(post_ids)
    ]
    connection.execute(sa.insert(variant_post), rows)


def wire(connection: sa.Connection, variant_id: VariantId) -> bytes:
    """Give a variant's message with slots."""
    found: bytes = connection.execute(
        sa.select(variant.c.wire).where(variant.c.id == variant_id)
    ).scalar_one()
    return found


def beginnings(connection: sa.Connection, edition_id: EditionId) -> list[bytes]:
    """Give the first lines of an edition's messages with slots, each once: their From, at least."""
    first = sa.func.substr(variant.c.wire, 1, _BEGINNING_BYTES, type_=sa.LargeBinary)
    return [*connection.scalars(sa.select(first).where(variant.c.edition_id == edition_id).distinct())]


def of_edition(connection: sa.Connection, edition_id: EditionId) -> list[Variant]:
    """Give an edition's variants, the one with the most posts first."""
    rows = connection.execute(sa.select(variant).where(variant.c.edition_id == edition_id)).all()
    shown = _posts(connection, edition_id)
    found = [
        Variant(
            id=VariantId(row.id),
            edition_id=edition_id,
            post_ids=tuple(shown.get(VariantId(row.id), ())),
            subject=row.subject,
            wire=row.wire,
            html=row.html,
            text=row.text,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (-len(each.post_ids), each.id))


def readers(connection: sa.Connection, edition_id: EditionId) -> Mapping[VariantId, int]:
    """Count the readers of each variant."""
    query = (
        sa.select(delivery.c.variant_id, sa.func.count())
        .where(delivery.c.edition_id == edition_id)
        .group_by(delivery.c.variant_id)
    )
    return {VariantId(found): count for found, count in connection.execute(query)}


def _posts(connection: sa.Connection, edition_id: EditionId) -> Mapping[VariantId, list[PostId]]:
    query = (
        sa.select(variant_post)
        .join(variant)
        .where(variant.c.edition_id == edition_id)
        .order_by(variant_post.c.variant_id, variant_post.c.position)
    )
    shown: dict[VariantId, list[PostId]] = {}
    for row in connection.execute(query):
        shown.setdefault(VariantId(row.variant_id), []).append(PostId(row.post_id))
    return shown


def given(connection: sa.Connection) -> frozenset[PostId]:
    """Give the posts that any edition shows."""
    return frozenset(
        PostId(row.post_id) for row in connection.execute(sa.select(variant_post.c.post_id).distinct())
    )
