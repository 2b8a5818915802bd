"""``syndicate subscriber add``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.audience.subscribing import add
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.output import say
from syndicate.cli.subscriber.options import AddressArgument, CadenceOption, ConsentOption


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    address: AddressArgument,
    *,
    consent: ConsentOption,
    name: Annotated[str, typer.Option(help="How the reader is called.")] = "",
    list_name: ListOption = None,
    cadence: CadenceOption = None,
) -> None:
    """Put one confirmed reader on a list. From then on they get what is new; nothing old is mailed."""
    invocation: Invocation = context.obj
    with session(invocation) as opened:
        chosen = find_list(opened.settings, list_name)
        subscription, new = add(
            opened.engine,
            address,
            list_settings=chosen,
            consent=consent,
            now=datetime.now(UTC),
            name=name,
            cadence=cadence,
        )
    if not invocation.quiet:
        was = "is now" if new else "was already"
        say(f"{subscription.subscriber.address.text} {was} on {chosen.name}")
