"""What several commands about readers ask for."""

from typing import Annotated

import typer

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
AddressArgument = Annotated[str, typer.Argument(help="The mailbox, such as ada@example.org.")]
