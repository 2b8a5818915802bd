"""``syndicate subscriber list``."""

from collections.abc import Sequence
from typing import Annotated

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.output import say, say_json
from syndicate.model.subscriber import Subscription
from syndicate.store import subscriptions
from syndicate.store.engine import reading


def command(
    context: typer.Context,
    *,
    list_name: ListOption = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show who is on the lists, what they asked for, and who vouched for it."""
    invocation: Invocation = context.obj
    with session(invocation) as opened:
        lists = [find_list(opened.settings, list_name)] if list_name else opened.settings.lists
        with reading(opened.engine) as connection:
            for each in lists:
                rows = list(subscriptions.on(connection, each.name))
                _show(rows, as_json=as_json)


def _show(rows: Sequence[Subscription], *, as_json: bool) -> None:
    for row in rows:
        values = {
            "list": row.list_name,
            "address": row.subscriber.address.text,
            "name": row.subscriber.name,
            "state": str(row.state),
            "cadence": row.cadence,
            "topics": row.topics,
            "consent": row.consent,
            "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
        }
        if as_json:
            say_json(values)
        else:
            words = (row.list_name, row.subscriber.address.text, row.state, row.cadence or "list's own")
            topics = f" ({', '.join(row.topics)})" if row.topics else ""
            say("{:16} {:36} {:12} {:10} ".format(*words) + row.consent + topics)
