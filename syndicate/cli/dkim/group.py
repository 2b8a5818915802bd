"""The commands of ``syndicate dkim``."""

import typer

from syndicate.cli.dkim import new, record

app = typer.Typer(no_args_is_help=True, help="Sign messages: make a key, show what belongs into the DNS.")
app.command("new")(new.command)
app.command("record")(record.command)
