"""``syndicate edition verify``."""

from typing import Annotated

import typer

from syndicate.cli.edition.options import NumberArgument
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import complain, say, say_json
from syndicate.cli.sessions import session
from syndicate.model.edition import EditionId
from syndicate.reports.verify import verify


def command(
    context: typer.Context, number: NumberArgument, *, as_json: Annotated[bool, JSON] = False
) -> None:
    """Count an edition's messages again from the ledger and the files, and compare with what it claims.

    Exit code 1 when they don't agree; each difference is named on stderr.
    """
    invocation: Invocation = context.obj
    with session(invocation) as river:
        found = verify(river.engine, river.settings, EditionId(number))
    if as_json:
        counts = {str(state): count for state, count in found.counts.items()}
        say_json({"number": number, "counts": counts, "files": found.files, "problems": list(found.problems)})
    else:
        files = f"; {found.files} files compared" if found.files is not None else ""
        agreed = "as claimed" if not found.problems else f"{len(found.problems)} differences"
        say(f"edition {number}, {found.edition.state}: {found.words}{files}; {agreed}")
    complain(found.problems, kind="error")
    if found.problems:
        raise typer.Exit(1)
