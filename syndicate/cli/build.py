"""``syndicate build``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation, pass_session
from syndicate.cli.output import complain, progress, say, say_json
from syndicate.cli.summary import as_json, build_lines, troubles
from syndicate.pipeline import Pass, publish_posts


def command(
    context: typer.Context,
    *,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Read the site and write feeds and pages; nothing is sent and nothing becomes due.

    The first half of `syndicate run --once`. Exit code 1 when a post can't be read; it is named on stderr.
    """
    invocation: Invocation = context.obj
    with pass_session(invocation) as river, progress(quiet=invocation.quiet) as bar:
        detection, publication, problems = publish_posts(river, now=datetime.now(UTC), progress=bar)
    done = Pass(
        detection=detection,
        publication=publication,
        problems=problems,
        warnings=river.refreshed.warnings,
    )
    if json_output:
        say_json(as_json(done, served={}))
    elif not invocation.quiet:
        say(*build_lines(detection, publication))
    for kind, line in troubles(done):
        complain([line], kind=kind)
    if detection.problems or problems:
        raise typer.Exit(1)
