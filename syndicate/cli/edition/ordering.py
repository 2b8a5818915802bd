"""What every command does that moves an edition: open the store, act in somebody's name, show the result."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import typer

from syndicate.cli.edition import lines
from syndicate.cli.invocation import Invocation
from syndicate.cli.operator import operator
from syndicate.cli.output import say, say_json
from syndicate.cli.sessions import session
from syndicate.dispatch.claims import in_words
from syndicate.errors import EditionError
from syndicate.model.edition import Edition, EditionId
from syndicate.pipeline import River
from syndicate.reports.editions import Line
from syndicate.schedule.moving import existing
from syndicate.settings.schema import ListSettings
from syndicate.store import deliveries
from syndicate.store.engine import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Somebody's word about one edition."""

    river: River
    edition_id: EditionId
    who: str
    why: str
    now: datetime

    @property
    def said(self) -> dict[str, Any]:
        """Who, when and why, as every use case takes them."""
        return {"who": self.who, "why": self.why, "now": self.now}

    @property
    def list_settings(self) -> ListSettings:
        """The settings of the edition's list; ``EditionError`` where it isn't configured any more."""
        with reading(self.river.engine) as connection:
            name = existing(connection, self.edition_id).list_name
        for each in self.river.settings.lists:
            if each.name == name:
                return each
        raise EditionError(
            f'edition {self.edition_id}: its list "{name}" is not configured; '
            "put it back into config/syndicate.toml"
        )


def carry_out(
    context: typer.Context,
    number: int,
    why: str,
    act: Callable[[Order], Edition],
    *,
    as_json: bool = False,
) -> None:
    """Let ``act`` do what was said, and show how the edition stands then."""
    invocation: Invocation = context.obj
    with session(invocation) as river:
        order = Order(
            river=river, edition_id=EditionId(number), who=operator(), why=why, now=datetime.now(UTC)
        )
        show_result(invocation, river, act(order), as_json=as_json)


def show_result(invocation: Invocation, river: River, edition: Edition, *, as_json: bool) -> None:
    """Say how an edition stands."""
    with reading(river.engine) as connection:
        counts = deliveries.counts(connection, edition.id)
    line = Line(edition=edition, counts=counts, whom=in_words(counts))
    if as_json:
        say_json(lines.as_json(line))
    elif not invocation.quiet:
        say(lines.in_line(line))
