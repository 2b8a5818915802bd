"""``syndicate edition intro``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli.edition.meant import CadenceOption, ShapingOrder, WhatArgument, shape
from syndicate.cli.edition.options import why_option
from syndicate.cli.flags import JSON, flag
from syndicate.errors import EditionError
from syndicate.model.edition import Edition
from syndicate.schedule.shaping import give_introduction

#: Nobody's introduction is as long; what is longer isn't even read.
_MOST_BYTES = 1_000_000


def command(  # noqa: PLR0913 - the options of a command
    context: typer.Context,
    what: WhatArgument,
    *,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="Markdown; - for standard input.")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="WORDS", help="Markdown, right here.")] = None,
    clear: Annotated[bool, flag("--clear", say="Take the introduction away.")] = False,
    cadence: CadenceOption = None,
    why: Annotated[str, why_option(default="an introduction")] = "an introduction",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Begin an edition with some words of your own, between its head and the first post.

    It is part of what the edition says: in the mail, its text part and the public page, fixed when the
    edition is. A list's next edition gets its number by this, and goes out at its usual time.
    """
    if sum((file is not None, text is not None, clear)) != 1:
        raise typer.BadParameter("say one of --file, --text and --clear")
    markdown = "" if clear else text if text is not None else _read(file or "-")
    if not clear and not markdown.strip():
        raise EditionError("the introduction: it is empty; --clear takes away what is there")

    def act(order: ShapingOrder) -> Edition:
        return give_introduction(order.connection, order.edition.id, markdown, hand=order.hand)

    shape(context, what, cadence=cadence, why=why, act=act, as_json=as_json)


def _read(name: str) -> str:
    try:
        if name == "-":
            return _decoded("standard input", sys.stdin.buffer.read(_MOST_BYTES + 1))
        with Path(name).open("rb") as opened:
            return _decoded(name, opened.read(_MOST_BYTES + 1))
    except OSError as error:
        raise EditionError(f"{name}: can't be read ({error.strerror}); name a file of Markdown") from error


def _decoded(name: str, content: bytes) -> str:
    if len(content) > _MOST_BYTES:
        raise EditionError(f"{name}: is no introduction, it is longer than {_MOST_BYTES:,} bytes; shorten it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EditionError(f"{name}: is not UTF-8 (byte {error.start + 1:,}); save it as UTF-8") from error
