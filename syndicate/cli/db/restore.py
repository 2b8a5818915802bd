"""``syndicate db restore``."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli.edition.options import why_option
from syndicate.cli.invocation import Invocation, settings_of
from syndicate.cli.operator import operator
from syndicate.cli.output import say
from syndicate.store.backups import restore
from syndicate.store.opening import lock


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What `syndicate db backup` wrote.")],
    *,
    why: Annotated[str, why_option(default="by hand")] = "by hand",
) -> None:
    """Put a backup in the store's place; it starts held, for it doesn't know what was sent since.

    `syndicate db status` says what that was, where the replaced store can be read; then `syndicate release`
    asks what becomes of it. Who left a list meanwhile stays away. An embedded store that was there is kept as
    outbox/syndicate.db.replaced.
    """
    invocation: Invocation = context.obj
    settings = settings_of(invocation)
    with lock(settings.outbox):
        behind = restore(settings, file, who=operator(), why=why, now=datetime.now(UTC))
    if not invocation.quiet:
        answer = " --drop` or `syndicate release --send" if behind else ""
        say(f"restored from {file}; it is held until `syndicate release{answer}`")
