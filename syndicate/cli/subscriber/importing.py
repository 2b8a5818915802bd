"""``syndicate subscriber import``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from syndicate.audience.importing import Import, import_csv
from syndicate.cli.flags import flag
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.operator import operator
from syndicate.cli.output import complain, progress, say
from syndicate.cli.sessions import session
from syndicate.cli.subscriber.options import ConsentOption
from syndicate.errors import AudienceError


def command(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="CSV in UTF-8: an address column, and if you like name, cadence.")
    ],
    *,
    consent: ConsentOption,
    confirmed: Annotated[
        bool, flag("--confirmed", say="They confirmed their address already. Needed.")
    ] = False,
    list_name: ListOption = None,
) -> None:
    """Put everybody in a CSV file on a list; running it again changes nothing.

    A line that can't be used is named and stops no other. Exit code 1 when there was one.
    """
    invocation: Invocation = context.obj
    if not confirmed:
        raise AudienceError(
            f"{file}: nobody is mailed who hasn't confirmed; if all of them did elsewhere, add --confirmed"
        )
    with session(invocation) as opened, progress(quiet=invocation.quiet) as bar:
        result = import_csv(
            opened.engine,
            file,
            list_settings=find_list(opened.settings, list_name),
            consent=consent,
            who=operator(),
            now=datetime.now(UTC),
            progress=lambda lines: bar("reading readers", lines, 0),
        )
    complain(result.problems)
    if not invocation.quiet:
        say(_counted(file, result))
    if result.problems:
        raise typer.Exit(1)


def _counted(file: Path, result: Import) -> str:
    counts: Sequence[tuple[int, str]] = (
        (result.added, "added"),
        (result.known, "there already"),
        (result.unsubscribed, "left the list before, and stay off"),
        (result.suppressed, "suppressed, and stay off"),
        (len(result.problems), "unusable"),
    )
    return f"{file}: " + (", ".join(f"{count} {what}" for count, what in counts if count) or "nobody in it")
