"""``syndicate release``."""

from datetime import UTC, datetime

import typer

from syndicate.cli.invocation import Invocation, store_session
from syndicate.cli.operator import operator
from syndicate.cli.output import say
from syndicate.store import holding


def command(context: typer.Context) -> None:
    """Allow sending again after `syndicate hold`, and in a store that was copied, moved or restored.

    Be sure that no other copy of it sends to the same readers. What has become late meanwhile isn't sent but
    waits for you: see `syndicate edition list`.
    """
    invocation: Invocation = context.obj
    with store_session(invocation) as (_, engine), engine.begin() as connection:
        ended = holding.release(connection, who=operator(), at=datetime.now(UTC))
    if invocation.quiet:
        return
    if ended is None:
        say("nothing was held")
    else:
        say(f"released; it was held since {ended.at:%Y-%m-%d %H:%M} UTC by {ended.who}: {ended.why}")
