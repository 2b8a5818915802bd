"""People with mailboxes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.subscriber import Address, SubscriberId
from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import subscriber


def add(
    connection: sa.Connection, people: Sequence[tuple[Address, str]], *, created_at: datetime
) -> Mapping[str, SubscriberId]:
    """Write the people (address and name) that are new; give everybody's id by address key."""
    rows = [
        {
            "address": address.text,
            "address_key": address.key,
            "envelope": address.envelope,
            "name": name,
            "created_at": created_at,
        }
        for address, name in people
    ]
    connection.execute(insert_or_ignore(connection, subscriber), rows)
    return ids(connection, [address.key for address, _ in people])


def ids(connection: sa.Connection, address_keys: Collection[str]) -> dict[str, SubscriberId]:
    """Give the ids of those who are known, by address key."""
    query = sa.select(subscriber.c.address_key, subscriber.c.id)
    rows = connection.execute(query.where(subscriber.c.address_key.in_(address_keys)))
    return {row.address_key: SubscriberId(row.id) for row in rows}
