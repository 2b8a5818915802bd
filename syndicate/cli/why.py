"""``syndicate why``."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import complain, say, say_json
from syndicate.cli.sessions import session
from syndicate.cli.which_post import from_root
from syndicate.pipeline import River
from syndicate.posts.explaining import Asking, Standing
from syndicate.posts.finding import Found, find
from syndicate.reports.plan import plan
from syndicate.reports.why import Why, why
from syndicate.store.engine import reading

_AHEAD = timedelta(days=35)
#: Posts named where many fit.
_LISTED = 10


def command(
    context: typer.Context,
    said: Annotated[
        str, typer.Argument(metavar="POST", help="Its path, its address, or some words of its title.")
    ],
    *,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Say of one post, a line a channel, where it is and why: feeds, each list, or what keeps it back.

    It tells what the last pass knew; `syndicate posts` looks at the site anew. Exit code 1 when nothing is
    known under that name, or it means several posts.
    """
    invocation: Invocation = context.obj
    with session(invocation) as river:
        with reading(river.engine) as connection:
            found = find(connection, river.source, from_root(said, river.source.site.root))
        if len(found.paths) > 1:
            complain(_which(said, found), kind="error")
            raise typer.Exit(1)
        answer = _answer(river, found.paths[0] if found.paths else from_root(said, river.source.site.root))
    if as_json:
        say_json(_as_json(answer, found))
    else:
        say(*_lines(answer, found, said))
    if answer.explanation.standing is Standing.NO_SUCH_FILE:
        raise typer.Exit(1)


def _answer(river: River, path: str) -> Why:
    now = datetime.now(UTC)
    return why(
        river.engine,
        river.settings,
        Asking(source=river.source, settings=river.settings.posts, now=now),
        path=path,
        upcoming=plan(river.engine, river.settings, until=now + _AHEAD, now=now),
    )


def _which(said: str, found: Found) -> Iterator[str]:
    yield f"{said}: means {len(found.paths)} posts; say which one:"
    yield from found.paths[:_LISTED]


def _lines(answer: Why, found: Found, said: str) -> Iterator[str]:
    explanation = answer.explanation
    post = explanation.post
    if post and said != post.post.path:
        yield _line("post", f"{post.post.path}, “{post.post.title}”")
    yield from (_line(each.channel, each.text) for each in answer.answers)
    yield from (
        _line("moved", f"from {each.path}, noticed {each.left_at:%Y-%m-%d %H:%M} UTC")
        for each in explanation.before
    )
    yield from (_line("note", each) for each in answer.lost)
    if found.nearest:
        yield _line("nearest", ", ".join(found.nearest))


def _as_json(answer: Why, found: Found) -> dict[str, Any]:
    explanation = answer.explanation
    post = explanation.post
    return {
        "path": post.post.path if post else explanation.path,
        "standing": str(explanation.standing),
        "title": post.post.title if post else None,
        "url": post.post.link if post else None,
        "channels": {each.channel: each.text for each in answer.answers},
        "moved_from": [each.path for each in explanation.before],
        "notes": list(answer.lost),
        "nearest": list(found.nearest),
    }


def _line(channel: str, text: str) -> str:
    return f"{channel:12}{text}"
