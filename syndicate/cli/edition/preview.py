"""``syndicate edition preview``."""

import webbrowser
from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.cli import linting
from syndicate.cli.edition.proofreading import proofread
from syndicate.cli.flags import flag
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.lists import ListOption, find_list
from syndicate.cli.output import complain, say
from syndicate.cli.summary import shown
from syndicate.reports.preview import preview


def command(
    context: typer.Context,
    *,
    list_name: ListOption = None,
    serve: Annotated[bool, flag("--serve", say="Show it on a page that follows every change.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="For --serve; 0 takes any that is free.", metavar="PORT")
    ] = 0,
    open_page: Annotated[bool, flag("--open", say="Open the page in the browser.")] = False,
) -> None:
    """Write what a list's next edition would say now to outbox/preview/LIST/: page, text and message.

    It is the real message, to nobody, and is held to the rules of `syndicate check`: what isn't as it should
    be is named, and hinders nothing. Where nobody is owed anything yet, the newest posts stand in. With
    --serve nothing is written: a page on this machine shows it wide and narrow, light and dark, and anew
    whenever a post, a template or the configuration changes; there an edit counts without having settled.
    """
    invocation: Invocation = context.obj
    if serve:
        proofread(invocation, list_name=list_name, port=port, open_page=open_page)
    else:
        _write(invocation, list_name=list_name, open_page=open_page)


def _write(invocation: Invocation, *, list_name: str | None, open_page: bool) -> None:
    with session(invocation) as river:
        made = preview(river, find_list(river.settings, list_name), now=datetime.now(UTC))
    if not invocation.quiet:
        count = len(made.posts)
        note = (
            "nobody is owed anything yet; the newest posts stand in" if made.specimen else "as things stand"
        )
        say(f"“{made.subject}”, {count} posts ({note})")
        say(*(f"  {shown(path)}" for path in (made.page, made.text, made.message)))
        say(linting.verdict(str(shown(made.message)), made.findings))
    for kind, line in linting.lines(str(shown(made.message)), made.findings):
        complain([line], kind=kind)
    if open_page:
        webbrowser.open(made.page.resolve().as_uri())
