"""``syndicate edition list``."""

from typing import Annotated

import typer

from syndicate.cli.edition import lines
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import say, say_json
from syndicate.cli.sessions import session
from syndicate.reports.editions import listing


def command(context: typer.Context, *, as_json: Annotated[bool, JSON] = False) -> None:
    """Show all editions, the newest first, with what became of their messages."""
    invocation: Invocation = context.obj
    with session(invocation) as river:
        found = listing(river.engine)
    if as_json:
        for each in found:
            say_json(lines.as_json(each))
    elif found:
        say(*map(lines.in_line, found))
    elif not invocation.quiet:
        say("no edition yet; `syndicate plan` shows what will come")
