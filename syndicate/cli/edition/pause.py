"""``syndicate edition pause``."""

from typing import Annotated

import typer

from syndicate.cli.edition.options import NumberArgument, WhyOption
from syndicate.cli.edition.ordering import carry_out
from syndicate.cli.flags import JSON
from syndicate.schedule.steering import pause


def command(
    context: typer.Context, number: NumberArgument, *, why: WhyOption, as_json: Annotated[bool, JSON] = False
) -> None:
    """Stop an edition that is being sent: what is under way is settled, nothing more is handed over.

    `edition resume` goes on where it stopped; `edition cancel` takes back what hasn't gone out.
    """
    carry_out(
        context,
        number,
        why,
        lambda order: pause(order.river.engine, order.edition_id, **order.said),
        as_json=as_json,
    )
