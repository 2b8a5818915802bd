"""``syndicate edition preview``."""

import webbrowser
from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli import linting
from syndicate.cli.flags import flag
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.output import complain, say
from syndicate.cli.shaping import in_words
from syndicate.cli.summary import shown
from syndicate.model.edition import EditionId
from syndicate.reports.preview import preview
from syndicate.schedule.moving import existing
from syndicate.store.engine import reading


def command(
    context: typer.Context,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[NUMBER]", help="An edition that isn't over. [default: a list's next]"),
    ] = None,
    *,
    list_name: ListOption = None,
    open_page: Annotated[bool, flag("--open", say="Open the page in the browser.")] = False,
) -> None:
    """Write what a list's next edition would say now to outbox/preview/LIST/: page, text and message.

    It is the real message, to nobody, and is held to the rules of `syndicate check`: what isn't as it should
    be is named, and hinders nothing. Where nobody is owed anything yet, the newest posts stand in.
    """
    invocation: Invocation = context.obj
    with session(invocation) as river:
        edition_id = None if number is None else EditionId(number)
        if edition_id is not None:
            with reading(river.engine) as connection:
                list_name = existing(connection, edition_id).list_name
        chosen = find_list(river.settings, list_name)
        made = preview(river, chosen, edition_id=edition_id, now=datetime.now(UTC))
    if not invocation.quiet:
        count = len(made.posts)
        note = (
            "nobody is owed anything yet; the newest posts stand in" if made.specimen else "as things stand"
        )
        given = in_words(made.shaping)
        say(f"“{made.subject}”, {count} posts ({note}{'; ' if given else ''}{given})")
        say(*(f"  {shown(path)}" for path in (made.page, made.text, made.message)))
        say(linting.verdict(str(shown(made.message)), made.findings))
    for kind, line in linting.lines(str(shown(made.message)), made.findings):
        complain([line], kind=kind)
    if open_page:
        webbrowser.open(made.page.resolve().as_uri())
