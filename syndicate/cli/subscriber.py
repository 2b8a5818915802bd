"""``syndicate subscriber``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from syndicate.audience.importing import Import, import_csv
from syndicate.audience.subscribing import add
from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.output import complain, progress, say, say_json
from syndicate.errors import AudienceError
from syndicate.model.subscriber import Subscription
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store import subscriptions
from syndicate.store.engine import reading

app = typer.Typer(no_args_is_help=True, help="Put readers on lists, and see who is there.")

ListOption = Annotated[
    str | None,
    typer.Option(
        "--list", metavar="NAME", help="The list. May be left out where there is one.", show_default=False
    ),
]
CadenceOption = Annotated[
    str | None,
    typer.Option(
        help="each, daily, weekly or monthly, where the list has it.", show_default="the list's first"
    ),
]
ConsentOption = Annotated[
    str,
    typer.Option(metavar="WORDS", help='Who vouches that they asked for it: "signed up at the fair, 3 May".'),
]


@app.command("add")
def add_reader(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="The mailbox, such as ada@example.org.")],
    *,
    consent: ConsentOption,
    name: Annotated[str, typer.Option(help="How the reader is called.")] = "",
    list_name: ListOption = None,
    cadence: CadenceOption = None,
) -> None:
    """Put one confirmed reader on a list. From then on they get what is new; nothing old is mailed."""
    invocation: Invocation = context.obj
    with session(invocation) as opened:
        chosen = find_list(opened.settings, list_name)
        subscription, new = add(
            opened.engine,
            address,
            list_settings=chosen,
            consent=consent,
            now=datetime.now(UTC),
            name=name,
            cadence=cadence,
        )
    if not invocation.quiet:
        was = "is now" if new else "was already"
        say(f"{subscription.subscriber.address.text} {was} on {chosen.name}")


@app.command("import")
def import_readers(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="CSV in UTF-8: an address column, and if you like name, cadence.")
    ],
    *,
    consent: ConsentOption,
    confirmed: Annotated[
        bool, flag("--confirmed", say="They confirmed their address already. Needed.")
    ] = False,
    list_name: ListOption = None,
) -> None:
    """Put everybody in a CSV file on a list; running it again changes nothing.

    A line that can't be used is named and stops no other. Exit code 1 when there was one.
    """
    invocation: Invocation = context.obj
    if not confirmed:
        raise AudienceError(
            f"{file}: nobody is mailed who hasn't confirmed; if all of them did elsewhere, add --confirmed"
        )
    with session(invocation) as opened, progress(quiet=invocation.quiet) as bar:
        result = import_csv(
            opened.engine,
            file,
            list_settings=find_list(opened.settings, list_name),
            consent=consent,
            now=datetime.now(UTC),
            progress=lambda lines: bar("reading readers", lines, 0),
        )
    complain(result.problems)
    if not invocation.quiet:
        say(_counted(file, result))
    if result.problems:
        raise typer.Exit(1)


@app.command("list")
def list_readers(
    context: typer.Context,
    *,
    list_name: ListOption = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show who is on the lists, what they asked for, and who vouched for it."""
    invocation: Invocation = context.obj
    with session(invocation) as opened:
        lists = [find_list(opened.settings, list_name)] if list_name else opened.settings.lists
        with reading(opened.engine) as connection:
            for each in lists:
                rows = list(subscriptions.on(connection, each.name))
                _show(rows, as_json=as_json)


def find_list(settings: Settings, name: str | None) -> ListSettings:
    """Give the list of that name, or the only one there is; else one line that names them all."""
    names = [each.name for each in settings.lists]
    if not names:
        raise AudienceError("lists: none is configured; add [[lists]] to config/syndicate.toml")
    if name is None and len(names) == 1:
        return settings.lists[0]
    for each in settings.lists:
        if each.name == name:
            return each
    what = f'there is no list "{name}"' if name else "which one is meant isn't said"
    raise AudienceError(f"--list: {what}; use one of {', '.join(names)}")


def _counted(file: Path, result: Import) -> str:
    counts: Sequence[tuple[int, str]] = (
        (result.added, "added"),
        (result.known, "there already"),
        (result.unsubscribed, "left the list before, and stay off"),
        (result.suppressed, "suppressed, and stay off"),
        (len(result.problems), "unusable"),
    )
    return f"{file}: " + (", ".join(f"{count} {what}" for count, what in counts if count) or "nobody in it")


def _show(rows: Sequence[Subscription], *, as_json: bool) -> None:
    for row in rows:
        values = {
            "list": row.list_name,
            "address": row.subscriber.address.text,
            "name": row.subscriber.name,
            "state": str(row.state),
            "cadence": row.cadence,
            "consent": row.consent,
            "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
        }
        if as_json:
            say_json(values)
        else:
            words = (row.list_name, row.subscriber.address.text, row.state, row.cadence or "list's own")
            say("{:16} {:36} {:12} {:10} ".format(*words) + row.consent)
