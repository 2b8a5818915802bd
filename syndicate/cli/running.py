"""One pass with all that is said of it, or one after the other for as long as somebody lets it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from syndicate.cli.head_start import Begun
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import complain, progress, say, say_json
from syndicate.cli.plan import next_lines
from syndicate.cli.sessions import look_again, pass_session
from syndicate.cli.summary import as_json, lines, served, troubles
from syndicate.cli.watching import Chronicle
from syndicate.daemon import Watched, asked_to_stop, watch
from syndicate.pipeline import Pass, River, run_pass
from syndicate.posts.mirrors import whereabouts
from syndicate.reports.waiting import waiting


def run_once(invocation: Invocation, begun: Begun | None, *, json_output: bool) -> int:
    """Make one pass and say so; give the exit code."""
    with pass_session(invocation, begun) as river:
        with progress(quiet=invocation.quiet) as bar, asked_to_stop() as stopping:
            done = run_pass(river, clock=_clock, progress=bar, stopping=stopping.is_set)
        _report(invocation, river, done, json_output=json_output)
        stopped = waiting(river.engine, now=_clock())
        complain(stopped, kind="waiting")
    return _exit_code(done, stopped)


def run(invocation: Invocation, *, json_output: bool) -> None:
    """Make a pass whenever one is wanted, until somebody stops it."""
    with pass_session(invocation) as river:
        _watch(invocation, river, json_output=json_output)


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
