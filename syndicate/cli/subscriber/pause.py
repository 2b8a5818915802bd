"""``syndicate subscriber pause``."""

import typer

from syndicate.audience.changing import pause
from syndicate.cli.lists import ListOption
from syndicate.cli.operator import operator
from syndicate.cli.subscriber.changes import change
from syndicate.cli.subscriber.options import AddressArgument


def command(context: typer.Context, address: AddressArgument, *, list_name: ListOption = None) -> None:
    """Mail a reader nothing until they resume; everything stays owed to them."""
    change(
        context,
        address,
        list_name,
        lambda river, theirs, now: pause(river.engine, theirs.id, who=operator(), now=now),
        said="pauses",
    )
