"""``syndicate edition test``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import say, say_json
from syndicate.cli.sessions import session
from syndicate.reports.trial import try_edition


def command(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(metavar="NUMBER|LIST", help="An edition; or a list, for its next one as it is now."),
    ],
    *,
    to: Annotated[str, typer.Option(metavar="ADDRESS", help="Your own mailbox, most likely.")],
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Send one message marked [TEST] to an address, by the transport that is configured.

    It is what a reader would get, but for the mark and the links to unsubscribe, which lead nowhere. It is
    never counted: no reader is served by it. Exit code 1 when the server doesn't take it.
    """
    invocation: Invocation = context.obj
    with session(invocation) as river:
        tried = try_edition(river, what, to=to, now=datetime.now(UTC))
    if as_json:
        say_json({"to": tried.to, "subject": tried.subject, "outcome": tried.outcome, "reply": tried.reply})
    elif not invocation.quiet:
        say(f"“[TEST] {tried.subject}” to {tried.to}: {tried.outcome} ({tried.reply})")
    if not tried.accepted:
        raise typer.Exit(1)
