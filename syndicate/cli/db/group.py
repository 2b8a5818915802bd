"""The commands of ``syndicate db``."""

import typer

from syndicate.cli.db import backup, restore, status, upgrade

app = typer.Typer(no_args_is_help=True, help="Look after the store, the program's only memory.")
app.command("status")(status.command)
app.command("upgrade")(upgrade.command)
app.command("backup")(backup.command)
app.command("restore")(restore.command)
