"""``syndicate edition``."""

import webbrowser
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.output import complain, say, say_json
from syndicate.cli.subscriber import ListOption, find_list
from syndicate.cli.summary import shown
from syndicate.model.edition import EditionId
from syndicate.reports.editions import Account, Line, account, listing, story
from syndicate.reports.preview import preview
from syndicate.reports.verify import verify

app = typer.Typer(
    no_args_is_help=True, help="See editions before they go out, and prove what became of them."
)

NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help="As `edition list` shows it.")]


@app.command("list")
def list_editions(context: typer.Context, *, as_json: Annotated[bool, JSON] = False) -> None:
    """Show all editions, the newest first, with what became of their messages."""
    invocation: Invocation = context.obj
    with session(invocation) as river:
        found = listing(river.engine)
    if as_json:
        for each in found:
            say_json(_line_json(each))
    elif found:
        say(*map(_line, found))
    elif not invocation.quiet:
        say("no edition yet; `syndicate plan` shows what will come")


@app.command("show")
def show_edition(
    context: typer.Context,
    number: NumberArgument,
    *,
    reader: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Only what it did for this reader, and why.")
    ] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show one edition: its posts, its variants, who moved it and why, and whom it didn't simply reach."""
    invocation: Invocation = context.obj
    with session(invocation) as river:
        if reader is not None:
            told = story(river.engine, EditionId(number), reader)
            say(
                f"{told.address}: {told.words}",
                *(f"  {each.post.title}  {each.post.link}" for each in told.posts),
            )
            return
        found = account(river.engine, EditionId(number))
    if as_json:
        say_json(_account_json(found))
    else:
        say(*_account(found))


@app.command("preview")
def preview_edition(
    context: typer.Context,
    *,
    list_name: ListOption = None,
    open_page: Annotated[bool, flag("--open", say="Open the page in the browser.")] = False,
) -> None:
    """Write what a list's next edition would say now to outbox/preview/LIST/: page, text and message.

    It is the real message, to nobody. Where nobody is owed anything yet, the newest posts stand in.
    """
    invocation: Invocation = context.obj
    with session(invocation) as river:
        made = preview(river, find_list(river.settings, list_name), now=datetime.now(UTC))
    if not invocation.quiet:
        count = len(made.posts)
        note = (
            "nobody is owed anything yet; the newest posts stand in" if made.specimen else "as things stand"
        )
        say(f"“{made.subject}”, {count} posts ({note})")
        say(*(f"  {shown(path)}" for path in (made.page, made.text, made.message)))
    if open_page:
        webbrowser.open(made.page.resolve().as_uri())


@app.command("verify")
def verify_edition(
    context: typer.Context, number: NumberArgument, *, as_json: Annotated[bool, JSON] = False
) -> None:
    """Count an edition's messages again from the ledger and the files, and compare with what it claims.

    Exit code 1 when they don't agree; each difference is named on stderr.
    """
    invocation: Invocation = context.obj
    with session(invocation) as river:
        found = verify(river.engine, river.settings, EditionId(number))
    if as_json:
        counts = {str(state): count for state, count in found.counts.items()}
        say_json({"number": number, "counts": counts, "files": found.files, "problems": list(found.problems)})
    else:
        files = f"; {found.files} files compared" if found.files is not None else ""
        agreed = "as claimed" if not found.problems else f"{len(found.problems)} differences"
        say(f"edition {number}, {found.edition.state}: {found.words}{files}; {agreed}")
    complain(found.problems, kind="error")
    if found.problems:
        raise typer.Exit(1)


def _line(each: Line) -> str:
    edition = each.edition
    subject = f"  “{edition.subject}”" if edition.subject else ""
    whom = f"  {each.whom}" if each.counts else ""
    due = f"{edition.due_at:%Y-%m-%d %H:%M} UTC"
    return f"{edition.id:>5}  {due}  {edition.list_name} {edition.cadence}  {edition.state}{whom}{subject}"


def _line_json(each: Line) -> dict[str, Any]:
    edition = each.edition
    return {
        "number": edition.id,
        "list": edition.list_name,
        "cadence": edition.cadence,
        "occurrence": edition.occurrence,
        "due_at": edition.due_at.isoformat(),
        "state": str(edition.state),
        "subject": edition.subject,
        "counts": {str(state): count for state, count in each.counts.items()},
    }


def _account(found: Account) -> Iterator[str]:
    yield _line(Line(edition=found.edition, counts=found.counts, whom=found.whom))
    for part in found.parts:
        yield f"  to {part.readers} readers: “{part.variant.subject}”"
        yield from (f"    {each.post.title}  {each.post.link}" for each in part.posts)
    for move in found.moves:
        yield f"  {move.at:%Y-%m-%d %H:%M:%S} UTC  {move.old} → {move.new}  {move.who}: {move.why}"
    for each in found.exceptions:
        yield f"  {each.address}: {each.state} ({each.reply})"


def _account_json(found: Account) -> dict[str, Any]:
    return {
        **_line_json(Line(edition=found.edition, counts=found.counts, whom=found.whom)),
        "variants": [
            {
                "subject": part.variant.subject,
                "readers": part.readers,
                "posts": [each.post.path for each in part.posts],
            }
            for part in found.parts
        ],
        "moves": [
            {"at": move.at.isoformat(), "old": move.old, "new": move.new, "who": move.who, "why": move.why}
            for move in found.moves
        ],
        "exceptions": [
            {"address": each.address, "state": str(each.state), "reply": each.reply}
            for each in found.exceptions
        ],
    }
