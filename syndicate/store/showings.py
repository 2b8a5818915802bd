"""Where a post has been shown, and to how many."""

from dataclasses import dataclass

import sqlalchemy as sa

from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionId
from syndicate.model.post import PostId
from syndicate.store.tables import delivery, edition, variant, variant_post


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """An edition that shows a post, and how its deliveries of it stand."""

    edition_id: EditionId
    list_name: str
    state: DeliveryState
    readers: int


def of_post(connection: sa.Connection, post_id: PostId) -> list[Showing]:
    """Give every edition that shows a post, with its readers counted by state, in order."""
    query = (
        sa.select(edition.c.id, edition.c.list, delivery.c.state, sa.func.count().label("readers"))
        .select_from(variant_post)
        .join(variant)
        .join(edition, edition.c.id == variant.c.edition_id)
        .join(delivery, delivery.c.variant_id == variant.c.id)
        .where(variant_post.c.post_id == post_id)
        .group_by(edition.c.id, edition.c.list, delivery.c.state)
        .order_by(edition.c.id, delivery.c.state)
    )
    return [
        Showing(
            edition_id=EditionId(row.id),
            list_name=row.list,
            state=DeliveryState(row.state),
            readers=row.readers,
        )
        for row in connection.execute(query)
    ]
