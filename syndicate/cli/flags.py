"""Switches of the command line."""

from typing import Any

import typer


def flag(*names: str, say: str) -> Any:  # noqa: ANN401 - as ``typer.Option``, which it is
    """Declare a switch without a value; Typer would show a type beside it."""
    return typer.Option(*names, help=say, metavar="")


#: One JSON object a line, or one in all.
JSON = flag("--json", say="For scripts: one JSON object a line.")
