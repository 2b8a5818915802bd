"""``syndicate edition pin``."""

from typing import Annotated

import typer

from syndicate.cli.edition.chosen import PostsArgument, brought, ordered
from syndicate.cli.edition.meant import CadenceOption, ShapingOrder, WhatArgument, shape
from syndicate.cli.edition.options import why_option
from syndicate.cli.flags import JSON, flag
from syndicate.model.edition import Edition
from syndicate.model.shaping import Kind
from syndicate.schedule.shaping import pin, undo


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    what: WhatArgument,
    posts: PostsArgument,
    *,
    undone: Annotated[bool, flag("--undo", say="Let them stand where the list's order has them.")] = False,
    cadence: CadenceOption = None,
    why: Annotated[str, why_option(default="first")] = "first",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Let these posts stand first in an edition, in this order; the very first one leads.

    What was pinned before follows them. They stand above all sections. A pin gives nobody a post that they
    had already.
    """

    def act(order: ShapingOrder) -> Edition:
        connection, number = order.connection, order.edition.id
        if undone:
            kinds = [Kind.PINNED]
            return undo(connection, number, ordered(order, posts, kinds), kinds=kinds, hand=order.hand)
        return pin(connection, number, brought(order, posts), hand=order.hand)

    shape(context, what, cadence=cadence, why=why, act=act, as_json=as_json)
