"""Lists with another name in the configuration: readers, past editions and what is owed move along."""

from collections.abc import Iterable

import sqlalchemy as sa

from syndicate.errors import AudienceError
from syndicate.settings.schema import ListSettings
from syndicate.store import renaming
from syndicate.store.engine import reading


def rename_lists(engine: sa.Engine, all_lists: Iterable[ListSettings]) -> list[str]:
    """Rename in the store every list that says what it was called before; give the new names.

    Again is no error. ``AudienceError`` where both names are in use: two lists don't become one.
    """
    renamed = []
    for each in all_lists:
        if each.formerly and _has_to(engine, each):
            with engine.begin() as connection:
                renaming.rename(connection, each.formerly, each.name)
            renamed.append(each.name)
    return renamed


def _has_to(engine: sa.Engine, list_settings: ListSettings) -> bool:
    old, new = list_settings.formerly, list_settings.name
    with reading(engine) as connection:
        if not renaming.known(connection, old):
            return False
        taken = renaming.known(connection, new)
    if taken:
        raise AudienceError(
            f'list "{new}": it has readers or editions already, and so has "{old}"; '
            "two lists don't become one: take formerly out, or give it another name"
        )
    return True
