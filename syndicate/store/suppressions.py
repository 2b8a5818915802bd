"""Addresses that no list may mail."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import suppression


def reasons(connection: sa.Connection, address_keys: Collection[str]) -> dict[str, str]:
    """Give why each of these addresses is suppressed, by key; the others are not in it."""
    query = sa.select(suppression.c.address_key, suppression.c.reason)
    rows = connection.execute(query.where(suppression.c.address_key.in_(address_keys)))
    return {row.address_key: row.reason for row in rows}


def add(connection: sa.Connection, address_key: str, *, reason: str, created_at: datetime) -> None:
    """Suppress an address; the first reason stays."""
    statement = insert_or_ignore(connection, suppression)
    row = {"address_key": address_key, "reason": reason, "created_at": created_at}
    connection.execute(statement, row)
