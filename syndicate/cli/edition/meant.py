"""Which edition a command is about, that an editor shapes: by its number, or as a list's next one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import sqlalchemy as sa
import typer

from syndicate.cli.edition.ordering import show_result
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import find_list
from syndicate.cli.operator import operator
from syndicate.cli.output import say
from syndicate.cli.sessions import session
from syndicate.model.counting import counted
from syndicate.model.edition import Edition
from syndicate.pipeline import River
from syndicate.reports.plan import send_of
from syndicate.schedule.coming import next_edition
from syndicate.schedule.moving import existing, numbered
from syndicate.schedule.shaping import Hand
from syndicate.store.engine import reading

WhatArgument = Annotated[
    str, typer.Argument(metavar="NUMBER|LIST", help="An edition that isn't frozen; or a list, for its next.")
]
CadenceOption = Annotated[
    str | None,
    typer.Option(metavar="CADENCE", help="Of a list with several: whose next edition.", show_default=False),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapingOrder:
    """Somebody's word about what one edition says."""

    river: River
    #: Of the transaction in which all of it is done, or nothing.
    connection: sa.Connection
    edition: Edition
    hand: Hand


def shape(  # noqa: PLR0913 - what every such command is given
    context: typer.Context,
    what: str,
    *,
    cadence: str | None,
    why: str,
    act: Callable[[ShapingOrder], Edition],
    as_json: bool,
) -> None:
    """Let ``act`` change what an edition says, and show how it stands then.

    A list's next edition becomes real in the same transaction: where ``act`` fails, nothing was done.
    """
    invocation: Invocation = context.obj
    now = datetime.now(UTC)
    with session(invocation) as river:
        hand = Hand(who=operator(), why=why, now=now)
        with river.engine.begin() as connection:
            edition = _meant(connection, river, what, cadence=cadence, now=now)
            edition = act(ShapingOrder(river=river, connection=connection, edition=edition, hand=hand))
        show_result(invocation, river, edition, as_json=as_json)
        if not (as_json or invocation.quiet):
            say(f"       {_standing(river, edition)}")


def _meant(
    connection: sa.Connection, river: River, what: str, *, cadence: str | None, now: datetime
) -> Edition:
    """Give the edition of that number, or the next one of that list, which becomes real by that."""
    number = numbered(what)
    if number is not None:
        edition = existing(connection, number)
        find_list(river.settings, edition.list_name)  # an edition of no list goes nowhere
        return edition
    return next_edition(connection, find_list(river.settings, what), cadence=cadence, now=now)


def _standing(river: River, edition: Edition) -> str:
    """Say what it has by now: "introduction, 1 pinned; brings 7 posts as things stand"."""
    with reading(river.engine) as connection:
        send = send_of(connection, find_list(river.settings, edition.list_name), edition)
    brings = counted(len(send.posts), "post")
    return f"{send.shaping.in_words or 'nothing of an editor'}; brings {brings} as things stand"
