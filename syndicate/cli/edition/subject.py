"""``syndicate edition subject``."""

from typing import Annotated

import typer

from syndicate.cli.edition.meant import CadenceOption, ShapingOrder, WhatArgument, shape
from syndicate.cli.edition.options import why_option
from syndicate.cli.flags import JSON, flag
from syndicate.model.edition import Edition
from syndicate.schedule.shaping import give_subject


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    what: WhatArgument,
    line: Annotated[str | None, typer.Argument(metavar="[LINE]", show_default=False)] = None,
    *,
    clear: Annotated[bool, flag("--clear", say="Take it away.")] = False,
    cadence: CadenceOption = None,
    why: Annotated[str, why_option(default="its own subject")] = "its own subject",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Give one edition a subject line of its own, in the place of the list's.

    {title} {first_title} {and_more} {count} {date} {number} are filled in, as in lists.subject.
    """
    said = " ".join((line or "").split())
    if bool(said) == clear:
        raise typer.BadParameter("say the line, or --clear")

    def act(order: ShapingOrder) -> Edition:
        return give_subject(order.connection, order.edition.id, said, hand=order.hand)

    shape(context, what, cadence=cadence, why=why, act=act, as_json=as_json)
