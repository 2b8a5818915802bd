"""``syndicate build``."""

from typing import Annotated

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.head_start import begun
from syndicate.cli.invocation import Invocation
from syndicate.cli.loading import for_good


def command(
    context: typer.Context,
    *,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Read the site and write feeds and pages; nothing is sent and nothing becomes due.

    The first half of `syndicate run --once`. Exit code 1 when a post can't be read; it is named on stderr.
    """
    invocation: Invocation = context.obj
    with begun(invocation) as early:
        with for_good():  # takes a fifth of a second, and the site is read meanwhile
            from syndicate.cli.building import build
        whole = build(invocation, early, json_output=json_output)
    if not whole:
        raise typer.Exit(1)
