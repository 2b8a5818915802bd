"""``syndicate subscriber remove``."""

import typer

from syndicate.audience.changing import remove
from syndicate.cli.lists import ListOption
from syndicate.cli.operator import operator
from syndicate.cli.subscriber.changes import change
from syndicate.cli.subscriber.options import AddressArgument


def command(context: typer.Context, address: AddressArgument, *, list_name: ListOption = None) -> None:
    """Take a reader off a list, as their own click on unsubscribe would; no import puts them back."""
    change(
        context,
        address,
        list_name,
        lambda river, theirs, now: remove(river.engine, theirs.id, who=operator(), now=now),
        said="is unsubscribed",
    )
