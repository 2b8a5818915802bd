"""The commands of ``syndicate edition``, in the order of an edition's life."""

import typer

from syndicate.cli.edition import (
    approve,
    cancel,
    create,
    drop,
    intro,
    listing,
    pause,
    pin,
    preheader,
    preview,
    resume,
    retry,
    schedule,
    send,
    show,
    skip,
    subject,
    test,
    verify,
)

_LOOK, _SAYS = "Look and prove", "Shape what it says, before it is frozen"
_BEFORE, _DURING = "Before it goes out", "While and after it goes out"

app = typer.Typer(
    no_args_is_help=True,
    help="See editions before they go out, change your mind, and prove what became of them.",
)
app.command("list", rich_help_panel=_LOOK)(listing.command)
app.command("show", rich_help_panel=_LOOK)(show.command)
app.command("preview", rich_help_panel=_LOOK)(preview.command)
app.command("test", rich_help_panel=_LOOK)(test.command)
app.command("verify", rich_help_panel=_LOOK)(verify.command)
app.command("intro", rich_help_panel=_SAYS)(intro.command)
app.command("pin", rich_help_panel=_SAYS)(pin.command)
app.command("drop", rich_help_panel=_SAYS)(drop.command)
app.command("subject", rich_help_panel=_SAYS)(subject.command)
app.command("preheader", rich_help_panel=_SAYS)(preheader.command)
app.command("create", rich_help_panel=_BEFORE)(create.command)
app.command("approve", rich_help_panel=_BEFORE)(approve.command)
app.command("schedule", rich_help_panel=_BEFORE)(schedule.command)
app.command("skip", rich_help_panel=_BEFORE)(skip.command)
app.command("send", rich_help_panel=_BEFORE)(send.command)
app.command("pause", rich_help_panel=_DURING)(pause.command)
app.command("resume", rich_help_panel=_DURING)(resume.command)
app.command("cancel", rich_help_panel=_DURING)(cancel.command)
app.command("retry", rich_help_panel=_DURING)(retry.command)
