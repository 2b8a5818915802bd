"""How far the freeze of an edition has come."""

import sqlalchemy as sa

from syndicate.model.edition import EditionId, EditionState
from syndicate.model.post import ArrivalNumber
from syndicate.model.subscriber import SubscriptionId
from syndicate.store.tables import edition


def point(
    connection: sa.Connection, edition_id: EditionId
) -> tuple[EditionState, ArrivalNumber, SubscriptionId, SubscriptionId]:
    """Give a freezing edition's state, arrival_to, audience_to and frozen_through, locked."""
    columns = (edition.c.state, edition.c.arrival_to, edition.c.audience_to, edition.c.frozen_through)
    query = sa.select(*columns).where(edition.c.id == edition_id).with_for_update()
    row = connection.execute(query).one()
    return (
        EditionState(row.state),
        ArrivalNumber(row.arrival_to or 0),
        SubscriptionId(row.audience_to or 0),
        SubscriptionId(row.frozen_through or 0),
    )


def reached(connection: sa.Connection, edition_id: EditionId, through: SubscriptionId) -> None:
    """Say up to which subscription the delivery rows are written."""
    connection.execute(sa.update(edition).where(edition.c.id == edition_id).values(frozen_through=through))
