"""``syndicate edition create``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli.edition.options import TIMES, why_option
from syndicate.cli.edition.ordering import show_result
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import find_list
from syndicate.cli.operator import operator
from syndicate.cli.sessions import session
from syndicate.schedule.calendar import instant
from syndicate.schedule.steering import create


def command(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="LIST", help="May be left out where there is one.")
    ] = None,
    *,
    at: Annotated[
        datetime | None,
        typer.Option(formats=TIMES, metavar="TIME", help="In the list's zone. [default: at once]"),
    ] = None,
    why: Annotated[str, why_option(default="an extra edition")] = "an extra edition",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Make an extra edition for everybody on a list, whatever their cadence.

    It brings each reader what they are owed when it is put together, and their next regular edition the rest.
    """
    invocation: Invocation = context.obj
    now = datetime.now(UTC)
    with session(invocation) as river:
        chosen = find_list(river.settings, name)
        due_at = instant(at, chosen.zone or "UTC") if at else now
        edition = create(river.engine, chosen, due_at=due_at, who=operator(), why=why, now=now)
        show_result(invocation, river, edition, as_json=as_json)
