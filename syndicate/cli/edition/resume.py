"""``syndicate edition resume``."""

from typing import Annotated

import typer

from syndicate.cli.edition.options import NumberArgument, why_option
from syndicate.cli.edition.ordering import carry_out
from syndicate.cli.flags import JSON
from syndicate.schedule.steering import resume


def command(
    context: typer.Context,
    number: NumberArgument,
    *,
    why: Annotated[str, why_option(default="resumed")] = "resumed",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Go on sending a paused edition, with the next pass, where it stopped.

    One that paused by itself says in `edition show` what stopped it: put that right first.
    """
    carry_out(
        context,
        number,
        why,
        lambda order: resume(order.river.engine, order.edition_id, **order.said),
        as_json=as_json,
    )
