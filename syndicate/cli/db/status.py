"""``syndicate db status``."""

from typing import Annotated

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import say, say_json
from syndicate.cli.sessions import store_session
from syndicate.store.condition import condition


def command(context: typer.Context, *, as_json: Annotated[bool, JSON] = False) -> None:
    """Say where the store is, whose it is, what is in it, and whether it may send.

    Exit code 3 when it is held.
    """
    invocation: Invocation = context.obj
    with store_session(invocation) as (_, engine):
        found = condition(engine)
    if as_json:
        say_json(found)
    else:
        say(*(f"{name:12}{value}" for name, value in found.items()))
    if found["held"]:
        raise typer.Exit(3)
