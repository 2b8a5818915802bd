"""``syndicate edition preheader``."""

from typing import Annotated

import typer

from syndicate.cli.edition.meant import CadenceOption, ShapingOrder, WhatArgument, shape
from syndicate.cli.edition.options import why_option
from syndicate.cli.flags import JSON, flag
from syndicate.model.edition import Edition
from syndicate.schedule.shaping import give_preheader


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    what: WhatArgument,
    line: Annotated[str | None, typer.Argument(metavar="[LINE]", show_default=False)] = None,
    *,
    clear: Annotated[bool, flag("--clear", say="Take it away.")] = False,
    cadence: CadenceOption = None,
    why: Annotated[str, why_option(default="its own preheader")] = "its own preheader",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Give one edition its own preview line: what an inbox shows after the subject.

    Without one it is the other posts' titles, or how the only post begins.
    """
    said = " ".join((line or "").split())
    if bool(said) == clear:
        raise typer.BadParameter("say the line, or --clear")

    def act(order: ShapingOrder) -> Edition:
        return give_preheader(order.connection, order.edition.id, said, hand=order.hand)

    shape(context, what, cadence=cadence, why=why, act=act, as_json=as_json)
