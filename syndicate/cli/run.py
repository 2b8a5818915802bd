"""``syndicate run``."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import Invocation, locked_session, look_again
from syndicate.cli.output import complain, progress, say, say_json
from syndicate.cli.plan import next_lines
from syndicate.cli.summary import as_json, lines
from syndicate.pipeline import Pass, River, run_pass
from syndicate.store import deliveries
from syndicate.store.engine import reading


def command(
    context: typer.Context,
    *,
    once: Annotated[bool, flag("--once", say="Make one pass and end.")] = False,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Watch the site, publish its feeds, and send each edition when it is due.

    With --once it makes one pass and ends, for cron and for a first look. The very first pass takes the posts
    that are there as the baseline: they are in the feeds, and nobody is mailed about them unless a list says
    start_with. Stop it at any moment and start it again: it goes on where it was.
    """
    invocation: Invocation = context.obj
    with locked_session(invocation) as river:
        if not once:
            from syndicate.daemon import watch

            say(f"watching {river.source.site.root}; Ctrl+C ends it after the pass it is in")
            watch(
                lambda: look_again(invocation, river),
                report=lambda done: _report_briefly(river, done),
                complain=lambda error: complain([str(error)], kind="error"),
            )
            return
        with progress(quiet=invocation.quiet) as bar:
            done = run_pass(river, clock=_clock, progress=bar)
        _report(invocation, river, done, json_output=json_output)
    if done.detection.problems or done.problems:
        raise typer.Exit(1)


def _clock() -> datetime:
    return datetime.now(UTC)


def _report(invocation: Invocation, river: River, done: Pass, *, json_output: bool) -> None:
    whom = _served(river, done)
    if json_output:
        say_json(as_json(done, served=whom))
    elif not invocation.quiet:
        say(*lines(river, done, served=whom), *next_lines(river, now=_clock()))
    complain_of(done)


def _report_briefly(river: River, done: Pass) -> None:
    if done.publication or done.editions or done.started:
        say(*lines(river, done, served=_served(river, done)))
    complain_of(done)


def complain_of(done: Pass) -> None:
    """Name on stderr whatever an editor should see."""
    complain(done.detection.warnings)
    complain(done.publication.warnings if done.publication else ())
    complain(done.detection.problems, kind="error")
    complain((str(problem) for problem in done.problems), kind="error")


def _served(river: River, done: Pass) -> dict[int, str]:
    """Say of each edition how its deliveries stand: ``3 accepted``."""
    said = {}
    with reading(river.engine) as connection:
        for edition in done.editions:
            counts = deliveries.counts(connection, edition.id)
            said[int(edition.id)] = ", ".join(f"{count} {state}" for state, count in counts.items())
    return said
