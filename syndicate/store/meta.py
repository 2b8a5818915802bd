"""Facts about the store itself, by key."""

import sqlalchemy as sa

from syndicate.store.engine import insert_or_ignore, upsert
from syndicate.store.tables import meta

#: Grows in the transaction that changes what is known of any post.
POSTS_REVISION = "posts.revision"


def read(connection: sa.Connection, key: str) -> str | None:
    """Give what is kept under ``key``, or ``None``."""
    return connection.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none()


def write(connection: sa.Connection, key: str, value: str) -> None:
    """Keep ``value`` under ``key``, whatever was there before."""
    connection.execute(upsert(connection, meta), {"key": key, "value": value})


def remove(connection: sa.Connection, key: str) -> None:
    """Forget what is kept under ``key``, if anything is."""
    connection.execute(sa.delete(meta).where(meta.c.key == key))


def bump(connection: sa.Connection, key: str) -> None:
    """Let the number under ``key`` grow by one, whoever else does the same at this moment."""
    connection.execute(insert_or_ignore(connection, meta), {"key": key, "value": "0"})
    following = sa.cast(sa.cast(meta.c.value, sa.BigInteger) + 1, sa.Text)
    connection.execute(sa.update(meta).where(meta.c.key == key).values(value=following))
