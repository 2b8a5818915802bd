"""``syndicate hold``."""

from datetime import UTC, datetime

import typer

from syndicate.cli.edition.options import WhyOption
from syndicate.cli.invocation import Invocation
from syndicate.cli.operator import operator
from syndicate.cli.output import say
from syndicate.cli.sessions import store_session
from syndicate.store import holding


def command(context: typer.Context, *, why: WhyOption) -> None:
    """Stop all sending, also of an edition that is going out, until `syndicate release`.

    Feeds go on. What is being handed over in this moment is settled; nothing is lost. A store that was copied
    or restored holds itself: two of them would send everything twice.
    """
    invocation: Invocation = context.obj
    with store_session(invocation) as (_, engine), engine.begin() as connection:
        holding.hold(connection, who=operator(), why=why, at=datetime.now(UTC))
        held = holding.held(connection)
    if held is not None and not invocation.quiet:
        say(f"held since {held.at:%Y-%m-%d %H:%M} UTC by {held.who}: {held.why}")
