"""``syndicate run``."""

from typing import Annotated

import typer

from syndicate.cli.flags import JSON, flag
from syndicate.cli.head_start import begun
from syndicate.cli.invocation import Invocation
from syndicate.cli.loading import for_good


def command(
    context: typer.Context,
    *,
    once: Annotated[bool, flag("--once", say="Make one pass and end.")] = False,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Watch the site, publish its feeds, and send each edition when it is due.

    With --once it makes one pass and ends, for cron and for a first look. The very first pass takes the posts
    that are there as the baseline: they are in the feeds, and nobody is mailed about them unless a list says
    start_with. Stop it at any moment and start it again: it goes on where it was.
    """
    invocation: Invocation = context.obj
    if not once:
        from syndicate.cli.running import run

        run(invocation, json_output=json_output)
        return
    with begun(invocation) as early:
        with for_good():  # takes a quarter of a second, and the site is read meanwhile
            from syndicate.cli.running import run_once

        code = run_once(invocation, early, json_output=json_output)
    if code:
        raise typer.Exit(code)
