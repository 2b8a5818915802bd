"""``syndicate plan``."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any

import typer

from syndicate.audience.unconfigured import unconfigured
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import complain, say, say_json
from syndicate.cli.sessions import session
from syndicate.cli.shaping import as_json
from syndicate.jobs.naming import given_up
from syndicate.model.counting import counted
from syndicate.model.edition import EditionState
from syndicate.pipeline import River
from syndicate.reports.plan import Send, plan
from syndicate.reports.waiting import waiting

#: A month and a little: every cadence comes up at least once.
_AHEAD = timedelta(days=35)
#: Each occurrence up to there is worked out.
_FURTHEST = timedelta(days=100 * 366)


def command(
    context: typer.Context,
    *,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Up to this day. [default: 35 days ahead]"),
    ] = None,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Show every future send: when, to which list, what it would bring as things stand, to how many."""
    invocation: Invocation = context.obj
    now = datetime.now(UTC)
    end = datetime.combine(until.date(), time.max, tzinfo=UTC) if until else now + _AHEAD
    if end - now > _FURTHEST:
        raise typer.BadParameter(f"plans reach {_FURTHEST.days // 366} years ahead", param_hint="--until")
    with session(invocation) as river:
        sends = plan(river.engine, river.settings, until=end, now=now)
        complain(waiting(river.engine, now=now), kind="waiting")
        complain((*unconfigured(river.engine, river.settings.lists), *given_up(river.engine, now=now)))
    if json_output:
        for send in sends:
            say_json(_send_json(send))
    elif sends:
        say(*map(line, sends))
    elif not invocation.quiet:
        say(
            "nothing is going to be sent: no list is configured, or none has started (`syndicate run --once`)"
        )


def next_lines(river: River, *, now: datetime) -> Iterator[str]:
    """Give the next send of each list and cadence, for the end of a pass."""
    shown = set()
    for send in plan(river.engine, river.settings, until=now + _AHEAD, now=now):
        if (send.list_name, send.cadence) not in shown and send.audience:
            shown.add((send.list_name, send.cadence))
            yield f"  {'next':10}{line(send)}"


def line(send: Send) -> str:
    """Give one future send in words."""
    when = f"{send.wall:%a %d %b %Y %H:%M} {send.zone}"
    return f"{when}  {send.list_name}, {send.cadence}: {_what(send)}"


def _what(send: Send) -> str:
    state = f" ({send.edition.state})" if send.edition else ""
    if send.edition and send.edition.state is EditionState.FROZEN:
        state = f" (frozen: goes out once approved, `syndicate edition approve {send.edition.id}`)"
    if send.edition and send.edition.state is EditionState.MISSED:
        state = " (missed: the machine was off; an editor decides)"
    given = send.shaping.in_words
    state += f"; edition {send.edition.id} has {given}" if send.edition and given else ""
    if not send.posts:
        return f"nothing yet, {counted(send.audience, 'reader')}{state}"
    first = send.posts[0].post.title
    more = f" and {len(send.posts) - 1} more" if len(send.posts) > 1 else ""
    return f"“{first}”{more} to {counted(send.readers, 'reader')}{state}"


def _send_json(send: Send) -> dict[str, Any]:
    return {
        "at": send.at.isoformat(),
        "wall": f"{send.wall:%Y-%m-%dT%H:%M}",
        "zone": send.zone,
        "list": send.list_name,
        "cadence": send.cadence,
        "occurrence": send.occurrence,
        "edition": send.edition.id if send.edition else None,
        "state": str(send.edition.state) if send.edition else None,
        "posts": [each.post.path for each in send.posts],
        "readers": send.readers,
        "audience": send.audience,
        "shaping": as_json(send) if send.edition else None,
    }
