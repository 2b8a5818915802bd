"""``syndicate edition retry``."""

from typing import Annotated

import typer

from syndicate.audience.changing import find
from syndicate.cli.edition.options import NumberArgument, why_option
from syndicate.cli.edition.ordering import Order, carry_out
from syndicate.cli.flags import JSON, flag
from syndicate.dispatch.reopening import arrived, retry
from syndicate.model.edition import Edition
from syndicate.model.subscriber import SubscriptionId
from syndicate.schedule.moving import existing
from syndicate.store.engine import reading


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    number: NumberArgument,
    *,
    uncertain: Annotated[bool, flag("--uncertain", say="Also what may have arrived already.")] = False,
    did_arrive: Annotated[
        bool, flag("--arrived", say="Write uncertain ones down as accepted; send nothing.")
    ] = False,
    readers: Annotated[
        list[str] | None,
        typer.Option("--reader", metavar="ADDRESS", help="Only this reader's message; repeatable."),
    ] = None,
    why: Annotated[str, why_option(default="tried again")] = "tried again",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Hand over again, with the next pass, what a server refused.

    Nobody knows whether an uncertain message arrived: --uncertain sends it again, with the same Message-ID,
    and a reader may have it twice; --arrived says that you know. Of a cancelled edition, what is tried again
    goes with the next one.
    """

    def act(order: Order) -> Edition:
        ids = _ids(order, readers)
        engine, edition_id = order.river.engine, order.edition_id
        if did_arrive:
            return arrived(engine, edition_id, readers=ids, **order.said)[0]
        return retry(engine, edition_id, readers=ids, uncertain=uncertain, **order.said)[0]

    carry_out(context, number, why, act, as_json=as_json)


def _ids(order: Order, readers: list[str] | None) -> list[SubscriptionId] | None:
    if not readers:
        return None
    with reading(order.river.engine) as connection:
        list_name = existing(connection, order.edition_id).list_name
    return [find(order.river.engine, each, list_name=list_name).id for each in readers]
