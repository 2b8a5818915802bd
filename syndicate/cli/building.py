"""The first half of a pass, from the site to the feeds, and what is said of it."""

from datetime import UTC, datetime

from syndicate.cli.head_start import Begun
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import complain, progress, say, say_json
from syndicate.cli.sessions import pass_session
from syndicate.cli.summary import as_json, build_lines, troubles
from syndicate.pipeline import Pass, publish_posts


def build(invocation: Invocation, begun: Begun | None, *, json_output: bool) -> bool:
    """Write feeds and pages and say so; give whether nothing was amiss."""
    with pass_session(invocation, begun) as river, progress(quiet=invocation.quiet) as bar:
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
    return not (detection.problems or problems)
