"""``syndicate edition schedule``."""

from datetime import datetime
from typing import Annotated

import typer

from syndicate.cli.edition.options import TIMES, NumberArgument, why_option
from syndicate.cli.edition.ordering import Order, carry_out
from syndicate.cli.flags import JSON
from syndicate.dispatch.rescheduling import reschedule
from syndicate.model.edition import Edition
from syndicate.schedule.calendar import instant


def command(
    context: typer.Context,
    number: NumberArgument,
    at: Annotated[datetime, typer.Argument(formats=TIMES, metavar="TIME", help="In the list's zone.")],
    *,
    why: Annotated[str, why_option(default="another time")] = "another time",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Give an edition that hasn't begun to go out another time: `edition schedule 12 "2026-11-30 18:00"`.

    What is frozen stays as it is. One that was missed is no longer, and goes out at that time.
    """

    def act(order: Order) -> Edition:
        chosen = order.list_settings
        return reschedule(
            order.river.engine,
            order.edition_id,
            list_settings=chosen,
            due_at=instant(at, chosen.zone or "UTC"),
            **order.said,
        )

    carry_out(context, number, why, act, as_json=as_json)
