"""The commands of ``syndicate subscriber``."""

import typer

from syndicate.cli.subscriber import add, cadence, importing, listing, pause, remove, resume, show, topics

app = typer.Typer(no_args_is_help=True, help="Put readers on lists, see who is there, change what they get.")
app.command("add")(add.command)
app.command("import")(importing.command)
app.command("list")(listing.command)
app.command("show")(show.command)
app.command("pause")(pause.command)
app.command("resume")(resume.command)
app.command("cadence")(cadence.command)
app.command("topics")(topics.command)
app.command("remove")(remove.command)
