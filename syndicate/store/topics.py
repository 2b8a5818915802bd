"""What every feed document said when it was last announced, so that no change is missed or told twice."""

from collections.abc import Mapping

import sqlalchemy as sa

from syndicate.store.engine import upsert
from syndicate.store.tables import topic


def digests(connection: sa.Connection) -> dict[str, str]:
    """Give the digest of each document that was ever announced, by its address."""
    return {row.url: row.digest for row in connection.execute(sa.select(topic))}


def put(connection: sa.Connection, announced: Mapping[str, str]) -> None:
    """Remember what these documents said."""
    rows = [{"url": url, "digest": digest} for url, digest in announced.items()]
    if rows:
        connection.execute(upsert(connection, topic), rows)
