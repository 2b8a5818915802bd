"""``syndicate subscriber add``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.audience.changing import come_back, find
from syndicate.audience.subscribing import add
from syndicate.cli.flags import flag
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.operator import operator
from syndicate.cli.output import say
from syndicate.cli.sessions import session
from syndicate.cli.subscriber.options import AddressArgument, CadenceOption, ConsentOption


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    address: AddressArgument,
    *,
    consent: ConsentOption,
    name: Annotated[str, typer.Option(help="How the reader is called.")] = "",
    list_name: ListOption = None,
    cadence: CadenceOption = None,
    again: Annotated[bool, flag("--again", say="They had left, and asked to come back themselves.")] = False,
) -> None:
    """Put one confirmed reader on a list. From then on they get what is new; nothing old is mailed."""
    invocation: Invocation = context.obj
    with session(invocation) as river:
        chosen = find_list(river.settings, list_name)
        if again:
            left = find(river.engine, address, list_name=chosen.name)
            come_back(river.engine, left.id, consent=consent, who=operator(), now=datetime.now(UTC))
        subscription, new = add(
            river.engine,
            address,
            list_settings=chosen,
            consent=consent,
            who=operator(),
            now=datetime.now(UTC),
            name=name,
            cadence=cadence,
        )
    if not invocation.quiet:
        was = "is now" if new or again else "was already"
        say(f"{subscription.subscriber.address.text} {was} on {chosen.name}")
