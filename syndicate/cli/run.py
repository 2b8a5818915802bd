"""``syndicate run``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import Invocation, look_again, pass_session
from syndicate.cli.output import complain, progress, say, say_json
from syndicate.cli.plan import next_lines
from syndicate.cli.summary import as_json, lines, served, troubles
from syndicate.cli.watching import Chronicle
from syndicate.daemon import Watched, asked_to_stop, watch
from syndicate.pipeline import Pass, River, run_pass
from syndicate.posts.mirrors import whereabouts
from syndicate.reports.waiting import waiting


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
    with pass_session(invocation) as river:
        if not once:
            _watch(invocation, river, json_output=json_output)
            return
        with progress(quiet=invocation.quiet) as bar, asked_to_stop() as stopping:
            done = run_pass(river, clock=_clock, progress=bar, stopping=stopping.is_set)
        _report(invocation, river, done, json_output=json_output)
        stopped = waiting(river.engine, now=_clock())
        complain(stopped, kind="waiting")
    if code := _exit_code(done, stopped):
        raise typer.Exit(code)


def _watch(invocation: Invocation, river: River, *, json_output: bool) -> None:
    chronicle = Chronicle(invocation, river, json_output)
    if not (invocation.quiet or json_output):
        where = whereabouts(river.settings, river.source.site)
        say(f"watching {where}; Ctrl+C ends it after the pass it is in")
    folder = Watched(
        root=river.source.site.root,
        ignored=(river.settings.outbox,),
        warn=lambda line: complain([line]),
    )
    watch(
        lambda: look_again(invocation, river),
        folder=folder,
        report=chronicle.tell,
        complain=chronicle.give_up,
    )


def _clock() -> datetime:
    return datetime.now(UTC)


def _report(invocation: Invocation, river: River, done: Pass, *, json_output: bool) -> None:
    whom = served(river, done)
    if json_output:
        say_json(as_json(done, served=whom))
    elif not invocation.quiet:
        say(*lines(river, done, served=whom), *next_lines(river, now=_clock()))
    for kind, line in troubles(done):
        complain([line], kind=kind)


def _exit_code(done: Pass, stopped: Sequence[str]) -> int:
    if done.detection.problems or done.problems:
        return 1
    return 3 if done.detection.held or stopped else 0
