"""``syndicate subscriber topics``."""

from typing import Annotated

import typer

from syndicate.audience.changing import choose_topics
from syndicate.cli.lists import ListOption
from syndicate.cli.operator import operator
from syndicate.cli.subscriber.changes import change
from syndicate.cli.subscriber.options import AddressArgument


def command(
    context: typer.Context,
    address: AddressArgument,
    topics: Annotated[
        list[str] | None, typer.Argument(help="Collections, categories or tags. None: everything.")
    ] = None,
    *,
    list_name: ListOption = None,
) -> None:
    """Let a reader have only posts of these topics, from what they haven't been served yet."""
    chosen = topics or []
    change(
        context,
        address,
        list_name,
        lambda river, theirs, now: choose_topics(river.engine, theirs.id, chosen, who=operator(), now=now),
        said=f"gets {', '.join(chosen) or 'everything'}",
    )
