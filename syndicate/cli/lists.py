"""Which list a command is about."""

from typing import Annotated

import typer

from syndicate.errors import AudienceError
from syndicate.settings.schema import ListSettings, Settings

ListOption = Annotated[
    str | None,
    typer.Option(
        "--list", metavar="NAME", help="The list. May be left out where there is one.", show_default=False
    ),
]


def find_list(settings: Settings, name: str | None) -> ListSettings:
    """Give the list of that name, or the only one there is; else one line that names them all."""
    names = [each.name for each in settings.lists]
    if not names:
        raise AudienceError("lists: none is configured; add [[lists]] to config/syndicate.toml")
    if name is None and len(names) == 1:
        return settings.lists[0]
    for each in settings.lists:
        if each.name == name:
            return each
    what = f'there is no list "{name}"' if name else "which one is meant isn't said"
    raise AudienceError(f"--list: {what}; use one of {', '.join(names)}")
