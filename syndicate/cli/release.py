"""``syndicate release``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli.flags import flag
from syndicate.cli.invocation import Invocation
from syndicate.cli.operator import operator
from syndicate.cli.output import progress, say
from syndicate.cli.sessions import locked_session, store_session
from syndicate.errors import SettingsError
from syndicate.pipeline.releasing import count_as_sent
from syndicate.store import holding
from syndicate.store.engine import reading

_WHY = "counted as sent, when the store was released"


def command(
    context: typer.Context,
    *,
    drop: Annotated[
        bool, flag("--drop", say="All that readers are owed by now counts as sent; nobody gets a post twice.")
    ] = False,
    send: Annotated[bool, flag("--send", say="It is sent, also to those who may have it already.")] = False,
) -> None:
    """Allow sending again after `syndicate hold`, and in a store that was copied, moved or restored.

    Be sure that no other copy of it sends to the same readers. Where it was put back to an earlier day,
    messages may have gone out that it doesn't know of: say by --drop or --send what becomes of all that
    readers are owed. What has become late meanwhile isn't sent but waits for you: `syndicate edition list`.
    """
    invocation: Invocation = context.obj
    if drop and send:
        raise SettingsError("release: --drop and --send contradict each other; choose one")
    now = datetime.now(UTC)
    if drop:
        _drop(invocation, now)
    with store_session(invocation) as (_, engine), engine.begin() as connection:
        ended = holding.release(connection, who=operator(), at=now, answered=drop or send)
    if not invocation.quiet:
        say(_released(ended))


def _drop(invocation: Invocation, now: datetime) -> None:
    """Count as sent, where it is held, and leave it so: who dies here may begin again."""
    with locked_session(invocation) as river, progress(quiet=invocation.quiet) as bar:
        with reading(river.engine) as connection:
            held = holding.held(connection) is not None
        if held:
            count_as_sent(river, who=operator(), why=_WHY, now=now, progress=bar)


def _released(ended: holding.Hold | None) -> str:
    if ended is None:
        return "nothing was held"
    return f"released; it was held since {ended.at:%Y-%m-%d %H:%M} UTC by {ended.who}: {ended.why}"
