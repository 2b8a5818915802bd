"""``syndicate edition show``."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from syndicate.cli.edition import lines
from syndicate.cli.edition.options import NumberArgument
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.lists import find_list
from syndicate.cli.output import say, say_json
from syndicate.cli.sessions import session
from syndicate.model.counting import counted
from syndicate.model.edition import EditionId, EditionState
from syndicate.pipeline import River
from syndicate.reports.editions import Account, Line, Story, account, story
from syndicate.reports.plan import Send, send_of
from syndicate.store.engine import reading


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
        send = _ahead(river, found)
    if as_json:
        say_json(_account_json(found, send))
    else:
        say(*_account(found, send))


def _ahead(river: River, found: Account) -> Send | None:
    """Give what an edition would bring that isn't frozen yet; ``None`` for others."""
    unfrozen = found.edition.state in {EditionState.COLLECTING, EditionState.MISSED}
    if (
        found.parts
        or not unfrozen
        or found.edition.list_name not in {each.name for each in river.settings.lists}
    ):
        return None
    with reading(river.engine) as connection:
        return send_of(connection, find_list(river.settings, found.edition.list_name), found.edition)


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


def _account(found: Account, send: Send | None) -> Iterator[str]:
    yield lines.in_line(Line(edition=found.edition, counts=found.counts, whom=found.whom))
    yield from _shaping(found)
    if send is not None:
        yield f"  to {counted(send.readers, 'reader')}, as things stand:"
        yield from (f"    {each.post.title}  {each.post.link}" for each in send.posts)
    for part in found.parts:
        yield f"  to {counted(part.readers, 'reader')}: “{part.variant.subject}”"
        yield from (f"    {each.post.title}  {each.post.link}" for each in part.posts)
    for move in found.moves:
        states = move.new if move.new is move.old else f"{move.old} → {move.new}"
        yield f"  {move.at:%Y-%m-%d %H:%M:%S} UTC  {states}  {move.who}: {move.why}"
    for each in found.exceptions:
        yield f"  {each.address}: {each.state} ({each.reply})"


def _shaping(found: Account) -> Iterator[str]:
    shaping = found.shaping
    own = {"subject": shaping.subject, "preheader": shaping.preheader, "introduction": shaping.introduction}
    yield from (f"  {what}: {' '.join(said.split())}" for what, said in own.items() if said)
    yield from (f"  {each.path}: {each.words}" for each in found.choices)


def _account_json(found: Account, send: Send | None) -> dict[str, Any]:
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
        **_shaping_json(found),
        "would_bring": None if send is None else [each.post.path for each in send.posts],
        "moves": [
            {"at": move.at.isoformat(), "old": move.old, "new": move.new, "who": move.who, "why": move.why}
            for move in found.moves
        ],
        "exceptions": [
            {"address": each.address, "state": str(each.state), "reply": each.reply}
            for each in found.exceptions
        ],
    }


def _shaping_json(found: Account) -> dict[str, Any]:
    shaping = found.shaping
    return {
        "introduction": shaping.introduction,
        "own_subject": shaping.subject,
        "own_preheader": shaping.preheader,
        "choices": [
            {
                "post": each.path,
                "what": str(each.choice.kind),
                "who": each.choice.who,
                "why": each.choice.why,
                "at": each.choice.at.isoformat(),
            }
            for each in found.choices
        ],
    }
