"""The commands by name; each is loaded when it is called, or when help wants to list them all.

To load all of them costs more than a pass in which nothing changed.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

_PIPELINE, _LOOK, _PEOPLE, _SETUP = "The pipeline", "See what happens", "Readers and editions", "Set up"

#: In the order of ``--help``: the module, below this package, and the group of the help. A module has an
#: ``app`` where it has commands of its own, else a ``command``.
COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "run": ("run", _PIPELINE),
        "build": ("build", _PIPELINE),
        "serve": ("serve", _PIPELINE),
        "posts": ("posts", _LOOK),
        "why": ("why", _LOOK),
        "plan": ("plan", _LOOK),
        "replay": ("replay", _LOOK),
        "edition": ("edition.group", _PEOPLE),
        "subscriber": ("subscriber.group", _PEOPLE),
        "hold": ("hold", _PEOPLE),
        "release": ("release", _PEOPLE),
        "db": ("db.group", _SETUP),
        "init": ("init", _SETUP),
        "check": ("check", _SETUP),
        "dkim": ("dkim.group", _SETUP),
    }
)


class Commands(TyperGroup):
    """The top of the command line."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Typer hands on
        super().__init__(**attributes)
        self.commands = _Loaded()  # type: ignore[assignment] # Typer only reads it


class _Loaded(Mapping[str, Any]):
    """Typer's commands by name, each made when it is asked for."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - Typer's own classes of commands are private
        module, panel = COMMANDS[name]
        loaded = import_module(f"syndicate.cli.{module}")
        parent = typer.Typer(rich_markup_mode="markdown")
        if hasattr(loaded, "app"):
            parent.add_typer(loaded.app, name=name, rich_help_panel=panel)
        else:
            parent.command(name, rich_help_panel=panel)(loaded.command)
        return get_group(parent).commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)
