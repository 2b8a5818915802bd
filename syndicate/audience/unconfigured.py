"""Lists that have left the configuration, while people are still on them."""

from collections.abc import Sequence

import sqlalchemy as sa

from syndicate.model.counting import counted
from syndicate.settings.schema import ListSettings
from syndicate.store.engine import reading
from syndicate.store.lists import Burden, burdens


def unconfigured(engine: sa.Engine, all_lists: Sequence[ListSettings]) -> tuple[str, ...]:
    """Give one line for each list that is passed over though it has readers or open editions."""
    # What a list was called before moves to its new name with the next command that opens the store.
    names = {name for each in all_lists for name in (each.name, each.formerly) if name}
    with reading(engine) as connection:
        return tuple(map(_line, burdens(connection, besides=names)))


def _line(burden: Burden) -> str:
    counts = ((burden.readers, "confirmed reader"), (burden.editions, "open edition"))
    has = " and ".join(counted(count, noun) for count, noun in counts if count)
    return (
        f'list "{burden.name}": it has {has}, and is passed over, for it is no longer configured; '
        f'put it back, or say formerly = "{burden.name}" in the list that takes its place'
    )
