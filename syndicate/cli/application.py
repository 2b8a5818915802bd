"""The application: global options, the groups of ``--help``, and the edge where errors become lines."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from syndicate import __version__
from syndicate.cli.commands import Commands
from syndicate.cli.complaints import complaint
from syndicate.cli.flags import flag
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import complain, say_no_more, speak_to_any_terminal
from syndicate.errors import SyndicateError

app = typer.Typer(
    name="syndicate",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with `syndicate init SITE`, then `syndicate run --once`. "
    "Every command explains itself: `syndicate COMMAND --help`.",
)


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"syndicate {__version__}")
        raise typer.Exit


@app.callback()
def options(  # noqa: PLR0913 - these are the global options
    context: typer.Context,
    *,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Configuration. [default: config/syndicate.toml]", show_default=False
        ),
    ] = None,
    site: Annotated[
        str | None,
        typer.Option(
            metavar="SITE",
            help="The site's folder, or where it lives: its feed, a page, a repository. "
            "Without --config, defaults apply.",
            show_default=False,
        ),
    ] = None,
    outbox: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for everything written.", show_default=False)
    ] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Any key of the configuration; repeatable."),
    ] = None,
    quiet: Annotated[bool, flag("--quiet", "-q", say="Say only what is wrong.")] = False,
    verbose: Annotated[
        bool, flag("--verbose", "-v", say="Show tracebacks, and requests to `serve`.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version.", callback=lambda asked: _version(asked=asked), is_eager=True
        ),
    ] = False,
) -> None:
    """Turn a folder of Markdown posts into feeds and e-mail digests, on a schedule.

    Exit codes: 0 done, 1 finished with problems named on stderr, 2 wrong usage or configuration,
    3 held and waiting for a person.
    """
    del version
    context.obj = Invocation(
        config=config,
        site=site,
        outbox=outbox,
        assignments=tuple(assignments or ()),
        quiet=quiet,
        verbose=verbose,
    )


def main() -> None:
    """Run the command line; whatever goes wrong ends in clear lines and an exit code."""
    speak_to_any_terminal()
    try:
        _run()
    except SyndicateError as error:
        complain(complaint(error), kind="error")
        sys.exit(error.exit_code)
    except OSError as error:  # the log's disk is full, the folder we stand in is gone
        if {"-v", "--verbose"} & set(sys.argv):
            raise
        say_no_more()
        if not isinstance(error, BrokenPipeError):  # `| head -1` has seen enough
            complain([f"{_what_failed(error)}; mend the cause and run again"], kind="error")
        sys.exit(1)
    except Exception as error:  # the command edge: see STYLE on errors
        if {"-v", "--verbose"} & set(sys.argv):
            raise
        complain(complaint(error), kind="error")
        sys.exit(1)


def _run() -> None:
    try:
        app()
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()  # here a full disk is still one clear line


def _what_failed(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"{error.filename}: {reason}" if error.filename else f"a file, or this command's output: {reason}"
