"""``syndicate why``."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.output import say, say_json
from syndicate.reports.plan import plan
from syndicate.reports.why import Answer, why

_AHEAD = timedelta(days=35)


def command(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A post, from the site's root or from here.")],
    *,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Say of one post, a line a channel, where it is and why: feeds, each list, or what keeps it back.

    It tells what the last pass knew; `syndicate posts` looks at the site anew.
    """
    invocation: Invocation = context.obj
    now = datetime.now(UTC)
    with session(invocation) as river:
        answers = why(
            river.engine,
            river.source,
            river.settings,
            path=_from_root(path, river.source.site.root),
            upcoming=plan(river.engine, river.settings, until=now + _AHEAD, now=now),
        )
    if as_json:
        say_json({each.channel: each.text for each in answers})
    else:
        say(*(_line(each) for each in answers))


def _from_root(path: Path, root: Path) -> str:
    full = path.resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path.as_posix()


def _line(answer: Answer) -> str:
    return f"{answer.channel:12}{answer.text}"
