"""What there is to say of a store as a whole."""

import sqlalchemy as sa

from syndicate.store import copies, holding, identity, meta
from syndicate.store.engine import reading
from syndicate.store.opening import current_revision
from syndicate.store.tables import delivery, edition, post, subscription

_COUNTED = {"posts": post, "readers": subscription, "editions": edition, "deliveries": delivery}


def condition(engine: sa.Engine) -> dict[str, str | int]:
    """Give the facts by name; ``held`` is empty when it isn't."""
    with reading(engine) as connection:
        held = holding.held(connection)
        return {
            "store": engine.url.render_as_string(hide_password=True),
            "schema": current_revision(connection) or "",
            "site": identity.site_key(connection) or "",
            "instance": meta.read(connection, identity.INSTANCE) or "",
            "lease": copies.lease(connection),
            "held": f"since {held.at:%Y-%m-%d %H:%M} UTC by {held.who}: {held.why}" if held else "",
            **{name: _count(connection, table) for name, table in _COUNTED.items()},
            "integrity": _integrity(connection),
        }


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _integrity(connection: sa.Connection) -> str:
    if connection.dialect.name != "sqlite":
        return "looked after by its server"
    found = connection.exec_driver_sql("PRAGMA quick_check").scalars()
    return "; ".join(str(each) for each in found)
