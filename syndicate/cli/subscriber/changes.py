"""What every command does that changes one subscription."""

from collections.abc import Callable
from datetime import UTC, datetime

import typer

from syndicate.audience.changing import find
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import find_list
from syndicate.cli.output import say
from syndicate.cli.sessions import session
from syndicate.model.subscriber import Subscription
from syndicate.pipeline import River

#: Given the river, the subscription as it is, and an instant.
Change = Callable[[River, Subscription, datetime], Subscription]


def change(context: typer.Context, address: str, list_name: str | None, make: Change, *, said: str) -> None:
    """Find a person's subscription, let ``make`` change it, and say so."""
    invocation: Invocation = context.obj
    with session(invocation) as river:
        chosen = find_list(river.settings, list_name)
        before = find(river.engine, address, list_name=chosen.name)
        after = make(river, before, datetime.now(UTC))
    if not invocation.quiet:
        say(f"{after.subscriber.address.text} {said} on {chosen.name}")
