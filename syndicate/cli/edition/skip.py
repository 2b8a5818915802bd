"""``syndicate edition skip``."""

from typing import Annotated

import typer

from syndicate.cli.edition.options import NumberArgument, WhyOption
from syndicate.cli.edition.ordering import carry_out
from syndicate.cli.flags import JSON, flag
from syndicate.dispatch.withdrawing import skip


def command(
    context: typer.Context,
    number: NumberArgument,
    *,
    why: WhyOption,
    drop: Annotated[bool, flag("--drop", say="Its posts are never mailed; feeds keep them.")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Leave out an edition that isn't frozen yet, or was missed. Its posts go with the next one.

    With --drop, what it would have brought as things stand now is owed to nobody any more.
    """
    carry_out(
        context,
        number,
        why,
        lambda order: skip(
            order.river.engine, order.edition_id, list_settings=order.list_settings, drop=drop, **order.said
        ),
        as_json=as_json,
    )
