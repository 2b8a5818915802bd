"""What several commands about editions ask for."""

from typing import Annotated, Any

import typer

#: What PostgreSQL's integer holds; SQLite's would take more, and Python's more than that.
_LAST_NUMBER = 2**31 - 1

NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="As `edition list` shows it.", min=1, max=_LAST_NUMBER)
]

_WHY = "Stands in the log beside your name; `edition show` tells it."


def why_option(*, default: str | None = None) -> Any:  # noqa: ANN401 - as ``typer.Option``, which it is
    """Declare ``--why``: asked for, or with words that say enough."""
    return typer.Option("--why", metavar="WORDS", help=_WHY, show_default=default is not None)


#: Where the log would be empty without a reason.
WhyOption = Annotated[str, why_option()]
#: A local time, to the minute.
TIMES = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
