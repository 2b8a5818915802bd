"""``syndicate subscriber cadence``."""

from typing import Annotated

import typer

from syndicate.audience.changing import choose_cadence
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.operator import operator
from syndicate.cli.subscriber.changes import change
from syndicate.cli.subscriber.options import AddressArgument


def command(
    context: typer.Context,
    address: AddressArgument,
    cadence: Annotated[
        str | None, typer.Argument(help="each, daily, weekly or monthly. None: the list's first.")
    ] = None,
    *,
    list_name: ListOption = None,
) -> None:
    """Let a reader follow another of the list's cadences; nothing is lost, nothing comes twice."""
    said = f"follows {cadence}" if cadence else "follows the list's first cadence"
    change(
        context,
        address,
        list_name,
        lambda river, theirs, now: choose_cadence(
            river.engine,
            theirs.id,
            cadence,
            list_settings=find_list(river.settings, theirs.list_name),
            who=operator(),
            now=now,
        ),
        said=said,
    )
