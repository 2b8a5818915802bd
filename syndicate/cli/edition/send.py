"""``syndicate edition send``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli.complaints import problem_lines
from syndicate.cli.edition.options import NumberArgument, why_option
from syndicate.cli.edition.ordering import Order, show_result
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.operator import operator
from syndicate.cli.output import complain, progress
from syndicate.cli.sessions import locked_session, session
from syndicate.dispatch.rescheduling import send_now
from syndicate.errors import BusyError
from syndicate.model.edition import EditionId
from syndicate.pipeline.sending import send_due
from syndicate.schedule.moving import existing
from syndicate.store import holding
from syndicate.store.engine import reading


def command(
    context: typer.Context,
    number: NumberArgument,
    *,
    why: Annotated[str, why_option(default="sent by hand")] = "sent by hand",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Let an edition that hasn't begun to go out do so now: one that collects, was missed, or is scheduled.

    A frozen one is approved by that. Where `syndicate run` is at work, it goes out with its next pass.
    Exit code 3 when the store is held.
    """
    invocation: Invocation = context.obj
    with session(invocation) as river:
        order = Order(
            river=river, edition_id=EditionId(number), who=operator(), why=why, now=datetime.now(UTC)
        )
        send_now(river.engine, order.edition_id, list_settings=order.list_settings, **order.said)
    failed = _dispatch(invocation)
    with session(invocation) as river, reading(river.engine) as connection:
        show_result(invocation, river, existing(connection, EditionId(number)), as_json=as_json)
        held = holding.held(connection) is not None
    complain(["nothing is sent while the store is held: `syndicate release`"] if held else (), kind="waiting")
    if failed or held:
        raise typer.Exit(1 if failed else 3)


def _dispatch(invocation: Invocation) -> bool:
    """Send what is due, unless another process does; give whether something went wrong."""
    try:
        with locked_session(invocation) as river, progress(quiet=invocation.quiet) as bar:
            sent = send_due(river, clock=lambda: datetime.now(UTC), progress=bar)
    except BusyError as error:
        complain([f"{error}: it sends the edition with its next pass"])
        return False
    complain(sent.warnings)
    complain(problem_lines(sent.problems), kind="error")
    return bool(sent.problems)
