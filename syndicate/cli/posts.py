"""``syndicate posts``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import sqlalchemy as sa
import typer

from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import Invocation, open_site, site_key, site_place
from syndicate.cli.output import complain, progress, say, say_json
from syndicate.cli.sessions import locked_session
from syndicate.model.post import PostState, TrackedPost
from syndicate.posts.detection import detect, release, release_to_feeds
from syndicate.posts.listing import rows
from syndicate.posts.source import Source
from syndicate.store import files
from syndicate.store import posts as post_store
from syndicate.store.engine import reading
from syndicate.store.scratch import scratch

app = typer.Typer(invoke_without_command=True, help="List the posts; release those that are held.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Glance:
    """What the next pass would see."""

    source: Source
    engine: sa.Engine
    problems: tuple[str, ...]


@app.callback()
def list_posts(
    context: typer.Context,
    *,
    as_json: Annotated[bool, JSON] = False,
    raw: Annotated[
        bool,
        flag("--raw", say="With --json: full texts as the site's generator writes them, scripts and all."),
    ] = False,
) -> None:
    """Show every post as the next pass would see it; nothing is written.

    What --raw gives is to be compared with what the generator made of the site, and never to be shown.
    Exit code 1 when a file can't be read; it is named on stderr.
    """
    if context.invoked_subcommand is not None:
        return
    if raw and not as_json:
        raise typer.BadParameter("it changes what --json says; give both", param_hint="--raw")
    invocation: Invocation = context.obj
    with glance(invocation) as seen, reading(seen.engine) as connection:
        live = post_store.live(connection)
        unreadable = [each for each in files.every(connection).values() if each.problem]
        if as_json:
            content = seen.source.raw_html if raw else seen.source.content_html
            for row in rows(live, unreadable, seen.source.site, content=content):
                say_json(row)
        else:
            say(*(_line(each) for each in live))
        complain(seen.problems, kind="error")
    if seen.problems:
        raise typer.Exit(1)


@app.command("release")
def release_posts(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(help="Paths from the site's root. None: every held post.")
    ] = None,
    *,
    feeds_only: Annotated[bool, flag("--feeds-only", say="Mail them to nobody: they are old.")] = False,
) -> None:
    """Let posts that are held go out by mail, from the next edition on.

    More new posts than posts.flood_guard in one pass, and one that may be an old post moved and edited, are
    in the feeds at once and wait here for a yes. Exit code 1 when a path is none of theirs.
    """
    invocation: Invocation = context.obj
    with locked_session(invocation) as opened:
        if feeds_only:
            released = release_to_feeds(opened.engine, paths=paths or None)
        else:
            released = release(opened.engine, paths=paths or None)
    if not invocation.quiet and (released or not paths):
        what = "released to the feeds only:" if feeds_only else "released"
        say(f"{what} {len(released)} posts" if released else "no post is held", *map(_line, released))
    strange = sorted(set(paths or ()) - {each.post.path for each in released})
    complain([f"{path}: no such post is held; see `syndicate posts`" for path in strange], kind="error")
    if strange:
        raise typer.Exit(1)


@contextmanager
def glance(invocation: Invocation) -> Iterator[_Glance]:
    """Look at the site with a store that forgets."""
    settings, source = open_site(invocation)
    key, place = site_key(settings, source), site_place(settings, source)
    with scratch(settings, site_key=key, folder=place) as engine:
        with progress(quiet=invocation.quiet) as bar:
            detection = detect(
                engine,
                source,
                settings=settings.posts,
                now=datetime.now(UTC),
                progress=lambda done, total: bar("reading posts", done, total),
            )
        yield _Glance(source=source, engine=engine, problems=detection.problems)


def _line(tracked: TrackedPost) -> str:
    post = tracked.post
    number = f"{tracked.arrival or ''}" if tracked.state is PostState.ARRIVED else ""
    return f"{post.published:%Y-%m-%d}  {tracked.state:9} {number:>5}  {post.path}  {post.title}"
