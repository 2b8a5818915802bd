"""``syndicate edition approve``."""

from typing import Annotated

import typer

from syndicate.cli.edition.options import NumberArgument, why_option
from syndicate.cli.edition.ordering import carry_out
from syndicate.cli.flags import JSON
from syndicate.schedule.steering import approve


def command(
    context: typer.Context,
    number: NumberArgument,
    *,
    why: Annotated[str, why_option(default="approved")] = "approved",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Say yes to a frozen edition: it goes out when it is due, or at once when that is past.

    Lists with approval = "editor" ask for it; `edition show` has what it says. Until it is due,
    `edition cancel` takes the yes back.
    """
    carry_out(
        context,
        number,
        why,
        lambda order: approve(order.river.engine, order.edition_id, **order.said),
        as_json=as_json,
    )
