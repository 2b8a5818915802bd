"""``syndicate edition show``."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from syndicate.cli.edition import lines
from syndicate.cli.edition.options import NumberArgument
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation, session
from syndicate.cli.output import say, say_json
from syndicate.model.edition import EditionId
from syndicate.reports.editions import Account, Line, Story, account, story


def command(
    context: typer.Context,
    number: NumberArgument,
    *,
    reader: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Only what it did for this reader, and why.")
    ] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show one edition: its posts, its variants, who moved it and why, and whom it didn't simply reach."""
    invocation: Invocation = context.obj
    with session(invocation) as river:
        if reader is not None:
            told = story(river.engine, EditionId(number), reader)
            if as_json:
                say_json(_story_json(told))
            else:
                say(*_story(told))
            return
        found = account(river.engine, EditionId(number))
    if as_json:
        say_json(_account_json(found))
    else:
        say(*_account(found))


def _story(told: Story) -> Iterator[str]:
    yield f"{told.address}: {told.words}"
    yield from (f"  {each.post.title}  {each.post.link}" for each in told.posts)


def _story_json(told: Story) -> dict[str, Any]:
    return {
        "address": told.address,
        "words": told.words,
        "state": str(told.delivery.state) if told.delivery else None,
        "reply": told.delivery.reply if told.delivery else None,
        "posts": [each.post.path for each in told.posts],
    }


def _account(found: Account) -> Iterator[str]:
    yield lines.in_line(Line(edition=found.edition, counts=found.counts, whom=found.whom))
    for part in found.parts:
        yield f"  to {part.readers} readers: “{part.variant.subject}”"
        yield from (f"    {each.post.title}  {each.post.link}" for each in part.posts)
    for move in found.moves:
        yield f"  {move.at:%Y-%m-%d %H:%M:%S} UTC  {move.old} → {move.new}  {move.who}: {move.why}"
    for each in found.exceptions:
        yield f"  {each.address}: {each.state} ({each.reply})"


def _account_json(found: Account) -> dict[str, Any]:
    return {
        **lines.as_json(Line(edition=found.edition, counts=found.counts, whom=found.whom)),
        "variants": [
            {
                "subject": part.variant.subject,
                "readers": part.readers,
                "posts": [each.post.path for each in part.posts],
            }
            for part in found.parts
        ],
        "moves": [
            {"at": move.at.isoformat(), "old": move.old, "new": move.new, "who": move.who, "why": move.why}
            for move in found.moves
        ],
        "exceptions": [
            {"address": each.address, "state": str(each.state), "reply": each.reply}
            for each in found.exceptions
        ],
    }
