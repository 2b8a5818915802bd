"""``syndicate db backup``."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli.invocation import Invocation
from syndicate.cli.output import say
from syndicate.cli.sessions import store_session
from syndicate.cli.summary import shown
from syndicate.store.backups import back_up


def command(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="Where to. [default: outbox/backups/TIME.db]", show_default=False)
    ] = None,
) -> None:
    """Write the whole store to one file, while all else goes on; keep it safe, it holds your readers."""
    invocation: Invocation = context.obj
    with store_session(invocation) as (settings, engine):
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
        written = back_up(engine, file or settings.outbox / "backups" / name)
    if not invocation.quiet:
        say(str(shown(written)))
