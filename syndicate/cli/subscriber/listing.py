"""``syndicate subscriber list``."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.output import say, say_json
from syndicate.cli.sessions import session
from syndicate.model.subscriber import Subscription
from syndicate.store import subscriptions
from syndicate.store.engine import reading


def command(
    context: typer.Context,
    *,
    list_name: ListOption = None,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Show who is on the lists, what they asked for, and who vouched for it."""
    invocation: Invocation = context.obj
    with session(invocation) as opened:
        lists = [find_list(opened.settings, list_name)] if list_name else opened.settings.lists
        with reading(opened.engine) as connection:
            for each in lists:
                rows = list(subscriptions.on(connection, each.name))
                _show(rows, json=json_output)


def _show(rows: Sequence[Subscription], *, json: bool) -> None:
    for row in rows:
        if json:
            say_json(as_json(row))
        else:
            say(in_line(row))


def as_json(row: Subscription) -> dict[str, Any]:
    """Give a subscription as one JSON object."""
    return {
        "list": row.list_name,
        "address": row.subscriber.address.text,
        "name": row.subscriber.name,
        "state": str(row.state),
        "cadence": row.cadence,
        "topics": row.topics,
        "consent": row.consent,
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
    }


def in_line(row: Subscription) -> str:
    """Give a subscription on one line, in columns."""
    words = (row.list_name, row.subscriber.address.text, row.state, row.cadence or "list's own")
    topics = f" ({', '.join(row.topics)})" if row.topics else ""
    return "{:16} {:36} {:12} {:10} ".format(*words) + row.consent + topics
