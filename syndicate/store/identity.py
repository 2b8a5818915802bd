"""Which store this is: the site it belongs to, its instance, and the secret its tokens are signed with."""

import sqlalchemy as sa

from syndicate.store import meta
from syndicate.store.engine import insert_or_ignore
from syndicate.store.tables import meta as table

SITE = "site"
FOLDER = "site.folder"
INSTANCE = "instance"
SECRET = "secret"  # noqa: S105 - the name of the row, not what is in it


def site_key(connection: sa.Connection) -> str | None:
    """Give the site the store belongs to; ``None`` for one that was never opened."""
    return meta.read(connection, SITE)


def site_folder(connection: sa.Connection) -> str:
    """Give the folder the site was last seen in; "" where nobody said."""
    return meta.read(connection, FOLDER) or ""


def site_is(connection: sa.Connection, *, site_key: str, folder: str) -> None:
    """Write by what the site is known from now on."""
    meta.write(connection, SITE, site_key)
    meta.write(connection, FOLDER, folder)


def secret(connection: sa.Connection) -> bytes:
    """Give the store's 32 secret bytes."""
    return bytes.fromhex(meta.read(connection, SECRET) or "")


def mint(connection: sa.Connection, *, site_key: str, instance: str, secret: bytes) -> str:
    """Write who the store is, where nobody did before; give the site it belongs to."""
    rows = {SITE: site_key, INSTANCE: instance, SECRET: secret.hex()}
    connection.execute(
        insert_or_ignore(connection, table), [{"key": key, "value": value} for key, value in rows.items()]
    )
    return meta.read(connection, SITE) or site_key
