"""``syndicate subscriber show``."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from syndicate.audience.changing import history
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import say, say_json
from syndicate.cli.sessions import session
from syndicate.cli.subscriber import listing
from syndicate.cli.subscriber.options import AddressArgument
from syndicate.model.subscriber import Change, Subscription


def command(
    context: typer.Context, address: AddressArgument, *, as_json: Annotated[bool, JSON] = False
) -> None:
    """Show one reader's lists, and who did what with each subscription, and when."""
    invocation: Invocation = context.obj
    with session(invocation) as opened:
        found = history(opened.engine, address)
    for subscription, changes in found:
        if as_json:
            say_json(_as_json(subscription, changes))
        else:
            say(listing.in_line(subscription), *_log(changes))


def _log(changes: Sequence[Change]) -> Iterator[str]:
    for each in changes:
        yield f"  {each.at:%Y-%m-%d %H:%M:%S} UTC  {each.who}: {each.what}"


def _as_json(subscription: Subscription, changes: Sequence[Change]) -> dict[str, Any]:
    told = [{"at": each.at.isoformat(), "who": each.who, "what": each.what} for each in changes]
    return {**listing.as_json(subscription), "changes": told}
