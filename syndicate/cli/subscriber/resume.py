"""``syndicate subscriber resume``."""

import typer

from syndicate.audience.changing import resume
from syndicate.cli.lists import ListOption
from syndicate.cli.operator import operator
from syndicate.cli.subscriber.changes import change
from syndicate.cli.subscriber.options import AddressArgument


def command(context: typer.Context, address: AddressArgument, *, list_name: ListOption = None) -> None:
    """Mail a reader again who paused; the next edition brings what they missed, in one."""
    change(
        context,
        address,
        list_name,
        lambda river, theirs, now: resume(river.engine, theirs.id, who=operator(), now=now),
        said="is mailed again",
    )
