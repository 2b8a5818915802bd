"""``syndicate edition preview``."""

import webbrowser
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from syndicate.cli import linting
from syndicate.cli.edition.proofreading import proofread
from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.output import complain, say, say_json
from syndicate.cli.sessions import session
from syndicate.cli.shaping import as_json
from syndicate.cli.summary import shown
from syndicate.model.counting import counted
from syndicate.model.edition import EditionId
from syndicate.pipeline import River
from syndicate.reports.preview import Preview, preview, standing_in
from syndicate.schedule.moving import existing, numbered
from syndicate.settings.schema import ListSettings
from syndicate.store.engine import reading


def command(  # noqa: PLR0913 - what the command line offers
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(metavar="[NUMBER|LIST]", help="An edition that isn't over; or a list, for its next."),
    ] = None,
    *,
    list_name: ListOption = None,
    serve: Annotated[bool, flag("--serve", say="Show it on a page that follows every change.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="For --serve; 0 takes any that is free.", metavar="PORT")
    ] = 0,
    open_page: Annotated[bool, flag("--open", say="Open the page in the browser.")] = False,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Write what a list's next edition would say now to outbox/preview/LIST/: page, text and message.

    It is the real message, to nobody, and is held to the rules of `syndicate check`: what isn't as it should
    be is named, and hinders nothing. Where nobody is owed anything yet, the newest posts stand in. With
    --serve nothing is written: a page on this machine shows it wide and narrow, light and dark, and anew
    whenever a post, a template, the configuration or what an editor gave it changes; there an edit counts
    without having settled.
    """
    invocation: Invocation = context.obj
    if what and list_name:
        raise typer.BadParameter("say the edition's number, or a list's name; not both")
    if serve and json_output:
        raise typer.BadParameter("--serve shows a page, and --json is for scripts; say one of them")
    if serve:
        chosen, edition_id = _asked(invocation, what or list_name)
        proofread(invocation, list_name=chosen, edition_id=edition_id, port=port, open_page=open_page)
    else:
        _write(invocation, what or list_name, open_page=open_page, json_output=json_output)


def _asked(invocation: Invocation, what: str | None) -> tuple[str | None, EditionId | None]:
    """Give the names of a list and an edition; the store is asked only of an edition."""
    if what is None or numbered(what) is None:
        return what, None
    with session(invocation) as river:
        chosen, edition_id = _meant(river, what)
    return chosen.name, edition_id


def _write(invocation: Invocation, what: str | None, *, open_page: bool, json_output: bool) -> None:
    with session(invocation) as river:
        chosen, edition_id = _meant(river, what)
        made = preview(river, chosen, edition_id=edition_id, now=datetime.now(UTC))
    if json_output:
        say_json(_as_json(made))
    elif not invocation.quiet:
        say(*_lines(made))
    for kind, line in linting.lines(str(shown(made.message)), made.findings):
        complain([line], kind=kind)
    if open_page:
        webbrowser.open(made.page.resolve().as_uri())


def _meant(river: River, what: str | None) -> tuple[ListSettings, EditionId | None]:
    number = None if what is None else numbered(what)
    if number is None:
        return find_list(river.settings, what), None
    with reading(river.engine) as connection:
        edition = existing(connection, number)
    return find_list(river.settings, edition.list_name), edition.id


def _lines(made: Preview) -> Iterator[str]:
    note = standing_in(made.send) if made.specimen else "as things stand"
    given = made.send.shaping.in_words if made.send else ""
    yield f"“{made.subject}”, {counted(len(made.posts), 'post')} ({note}{'; ' if given else ''}{given})"
    yield from (f"  {shown(path)}" for path in (made.page, made.text, made.message))
    yield linting.verdict(str(shown(made.message)), made.findings)


def _as_json(made: Preview) -> dict[str, Any]:
    edition = made.send.edition if made.send else None
    return {
        "subject": made.subject,
        "edition": edition.id if edition else None,
        "posts": [each.post.path for each in made.posts],
        "specimen": made.specimen,
        "shaping": as_json(made.send) if made.send else None,
        "page": made.page,
        "text": made.text,
        "message": made.message,
        "findings": [each.rule for each in made.findings],
    }
