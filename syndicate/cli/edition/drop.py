"""``syndicate edition drop``."""

from typing import Annotated

import typer

from syndicate.cli.edition.chosen import PostsArgument, brought, ordered
from syndicate.cli.edition.meant import CadenceOption, ShapingOrder, WhatArgument, shape
from syndicate.cli.edition.options import WhyOption
from syndicate.cli.flags import JSON, flag
from syndicate.model.edition import Edition
from syndicate.model.shaping import Kind
from syndicate.schedule.shaping import drop, undo


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    what: WhatArgument,
    posts: PostsArgument,
    *,
    why: WhyOption,
    for_good: Annotated[
        bool, flag("--for-good", say="No edition of this list ever brings them; feeds keep them.")
    ] = False,
    undone: Annotated[bool, flag("--undo", say="Bring them after all.")] = False,
    cadence: CadenceOption = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Leave these posts out of an edition. Its readers get them with their next one.

    With --for-good the list never mails them. --undo takes either back, as long as no edition was put
    together without them for good.
    """

    def act(order: ShapingOrder) -> Edition:
        connection, number = order.connection, order.edition.id
        if undone:
            kinds = [Kind.DROPPED, Kind.BARRED]
            return undo(connection, number, ordered(order, posts, kinds), kinds=kinds, hand=order.hand)
        return drop(connection, number, brought(order, posts), for_good=for_good, hand=order.hand)

    shape(context, what, cadence=cadence, why=why, act=act, as_json=as_json)
