"""``syndicate replay``."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Annotated, Any

import typer

from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import Invocation, open_site
from syndicate.cli.output import progress, say, say_json
from syndicate.model.cadence import Every
from syndicate.model.counting import counted
from syndicate.model.post import TrackedPost
from syndicate.reports.replay.history import History
from syndicate.reports.replay.replaying import Event, Kind, Span, Tally, replay
from syndicate.reports.replay.rules import tried
from syndicate.schedule.calendar import local

#: Titles that a line shows.
_SHOWN = 3
_DAY = ["%Y-%m-%d"]


def command(  # noqa: PLR0913 - these are its options
    context: typer.Context,
    *,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=_DAY,
            metavar="DATE",
            help="What is there on this day is the baseline. [default: the start]",
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=_DAY, metavar="DATE", help="Up to this day. [default: today]"),
    ] = None,
    every: Annotated[
        list[Every] | None,
        typer.Option(help="Try this cadence instead of the lists' own; repeatable.", show_default=False),
    ] = None,
    releasing: Annotated[bool, flag("--release", say="Release at once what would be held.")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show what would have been mailed, had the site's git history been run through today's rules.

    Every commit is one pass, as it was made, and time passes between them: edits settle, floods are held,
    editions fall due. Nothing is written, fetched, checked out or sent; no store is touched.
    """
    invocation: Invocation = context.obj
    settings, source = open_site(invocation)
    end = datetime.combine(until.date(), time.max, tzinfo=UTC) if until else datetime.now(UTC)
    span = Span(since=since and since.replace(tzinfo=UTC), until=end, releasing=releasing)
    rules = tried(settings, every or (), source.site)
    history = History(root=source.site.root, environment=os.environ)
    zones = {each.name: each.zone for each in rules.lists}
    with progress(quiet=invocation.quiet) as bar:
        for event in replay(
            history, rules, span=span, progress=lambda done, total: bar("replaying commits", done, total)
        ):
            if as_json:
                say_json(_as_json(event))
            else:
                say(*(_sum(event) if isinstance(event, Tally) else _lines(event, zones)))


def _lines(event: Event, zones: dict[str, str]) -> Iterator[str]:
    when = f"{event.at:%Y-%m-%d %H:%M} UTC"
    if event.edition is not None:
        zone = zones[event.edition.list_name]
        when = f"{local(event.at, zone):%Y-%m-%d %H:%M} {zone}"
    yield f"{when}  {_words(event)}"
    if event.kind is Kind.MOVED:
        yield from (
            f"    {old} → {each.post.path}" for old, each in zip(event.before, event.posts, strict=True)
        )


def _words(event: Event) -> str:
    count = counted(len(event.posts), "post")
    commit = f" ({event.commit[:10]})" if event.commit else ""
    match event.kind:
        case Kind.BASELINE:
            return f"baseline: {count}, mailed to nobody{commit}"
        case Kind.MAILED if event.edition:
            return f"{event.edition.list_name}, {event.edition.cadence}: {count}: {_titles(event.posts)}"
        case Kind.HELD:
            return f"held for a yes: {count}: {_titles(event.posts)}{commit}"
        case Kind.RELEASED:
            return f"released: {count}"
        case Kind.MOVED:
            return f"moved: {count}, mailed to nobody{commit}"
        case _:
            return f"the pass would stop: {event.reason}{commit}"


def _sum(tally: Tally) -> Iterator[str]:
    yield (
        f"{tally.commits} commits: {counted(tally.baseline, 'post')} in the baseline, {tally.new} new; "
        f"mailed to nobody: {tally.edited} edits, {tally.moved} moves, {tally.gone} that left"
    )
    yield (
        f"{tally.editions} editions with {counted(tally.mailed, 'post')}; "
        f"{counted(tally.held, 'post')} held at the end"
        + (" (`--release` answers each flood with a yes)" if tally.held else "")
    )


def _titles(shown: tuple[TrackedPost, ...]) -> str:
    titles = ", ".join(f"“{each.post.title}”" for each in shown[:_SHOWN])
    return f"{titles} and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else titles


def _as_json(event: Event | Tally) -> dict[str, Any]:
    if isinstance(event, Tally):
        names = ("commits", "baseline", "new", "editions", "mailed", "edited", "moved", "gone", "held")
        return {"kind": "sum", **{name: getattr(event, name) for name in names}}
    row: dict[str, Any] = {
        "kind": str(event.kind),
        "at": event.at.isoformat(),
        "commit": event.commit or None,
    }
    if event.edition:
        row |= {"list": event.edition.list_name, "cadence": event.edition.cadence}
    if event.before:
        row |= {"before": list(event.before)}
    if event.reason:
        row |= {"reason": event.reason}
    return row | {"posts": [each.post.path for each in event.posts]}
