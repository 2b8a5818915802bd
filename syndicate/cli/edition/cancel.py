"""``syndicate edition cancel``."""

from typing import Annotated

import typer

from syndicate.cli.edition.options import NumberArgument, WhyOption
from syndicate.cli.edition.ordering import carry_out
from syndicate.cli.flags import JSON
from syndicate.dispatch.withdrawing import cancel


def command(
    context: typer.Context, number: NumberArgument, *, why: WhyOption, as_json: Annotated[bool, JSON] = False
) -> None:
    """Take an edition back for good, before or while it goes out.

    Who hasn't been written to is owed its posts with the next edition; who has, isn't written to again.
    """
    carry_out(
        context,
        number,
        why,
        lambda order: cancel(order.river.engine, order.edition_id, **order.said),
        as_json=as_json,
    )
