"""``syndicate db upgrade``."""

import typer

from syndicate.cli.invocation import Invocation
from syndicate.cli.output import say
from syndicate.cli.sessions import store_session
from syndicate.store.migrations import HEAD


def command(context: typer.Context) -> None:
    """Bring the store to the newest schema; every other command does so too, before it does its own work."""
    invocation: Invocation = context.obj
    with store_session(invocation):
        pass
    if not invocation.quiet:
        say(f"the store has the newest schema, {HEAD}")
