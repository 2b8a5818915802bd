"""One look at the site: what is new, changed, gone, and what may go out by mail."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import starmap

import sqlalchemy as sa

from syndicate.errors import SiteError
from syndicate.model.post import (
    ArrivalNumber,
    Post,
    PostState,
    TrackedPost,
)
from syndicate.model.seen_file import SeenFile
from syndicate.posts import drawn_on
from syndicate.posts.arrival import Decision, Memory, Patience, decide, number, pass_over
from syndicate.posts.clashes import clashes, doubt
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.looking import POST, UNREADABLE, HeadStart, Look, Reader, look_at
from syndicate.posts.recollection import Key, Recollection, key_of
from syndicate.posts.source import Source
from syndicate.settings.schema import PostsSettings
from syndicate.store import files, former_paths, meta, variants
from syndicate.store import posts as post_store
from syndicate.store.documents import SHAPE
from syndicate.store.engine import reading

#: Grows when the same file would be read differently, so that every file is read anew. A field that comes to
#: ``Post``, or leaves it, does that by itself: ``documents.SHAPE`` is among the rules beside this number.
READER_VERSION = 2

_READ_UNDER = "posts.read_under"
_TURN = "posts.turn"
_BASELINE_THROUGH = "posts.baseline_through"
_KEPT = "until then its last good form stays in the feeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The site's posts, newest first, as they were written down."""

    posts: tuple[TrackedPost, ...]
    #: With another one somebody has changed them since.
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What one look found."""

    #: Posts the site has now.
    found: int
    new: tuple[TrackedPost, ...] = ()
    changed: tuple[TrackedPost, ...] = ()
    gone: tuple[TrackedPost, ...] = ()
    #: Posts whose file has another path now, as they were before.
    moved: tuple[TrackedPost, ...] = ()
    #: Numbered in this pass.
    arrived: tuple[TrackedPost, ...] = ()
    #: Wait for a person's yes.
    held: tuple[TrackedPost, ...] = ()
    #: Wait for the edits to stop.
    waiting: tuple[TrackedPost, ...] = ()
    #: Files the site's generator leaves out.
    omitted: int = 0
    #: One line for each file that can't be read, found in this pass or before.
    problems: tuple[str, ...] = ()
    #: One line each, of the files read in this pass.
    warnings: tuple[str, ...] = ()
    #: Whether this pass took the baseline.
    baseline: bool = False
    #: Whether anything that a feed shows may be different now.
    touched: bool = False
    #: Where this pass had to know them all anyway.
    present: Present | None = None


def detect(  # noqa: PLR0913 - a site and its store, the rules, an instant, and what hears and remembers
    engine: sa.Engine,
    source: Source,
    *,
    settings: PostsSettings,
    now: datetime,
    progress: Callable[[int, int], None],
    recollection: Recollection | None = None,
    begun: HeadStart | None = None,
    heard: Callable[[Decision], None] = lambda _: None,
) -> Detection:
    """Look at the site and remember it; ``progress`` hears (files read, files to read).

    A file of the same size and time as before costs a ``stat``, and with a ``recollection`` of the last look
    a changed one costs no reading of all posts. A first look that has ``begun`` is gone on with. ``heard`` is
    told what became of the posts before it is written down.
    ``SiteError`` when the site can't be read, or is empty all at once.
    """
    read_under = _rules(source, settings)
    with reading(engine) as connection:
        seen = files.every(connection)
        same_rules = meta.read(connection, _READ_UNDER) == read_under
        first_run = meta.read(connection, _BASELINE_THROUGH) is None
        settling = post_store.in_state(connection, PostState.SETTLING)
        drawings = drawn_on.remembered(connection)
    reader = Reader(source=source, settings=settings, now=now)
    look = look_at(reader, seen, same_rules=same_rules, drawings=drawings, begun=begun, progress=progress)
    if look.lost and not look.candidates and not settings.allow_empty:
        raise SiteError(
            f"{source.site.root}: every post is gone, and there were {len(look.lost)}; put the folder back, "
            "or say that it is meant, once: --set posts.allow_empty=true"
        )
    due = any(each.changed_at + settings.settle <= now for each in settling)
    if same_rules and not (first_run or look.readings or look.lost or due):
        return _nothing_new(engine, look, settling)
    recollection = recollection or Recollection()
    detection = _remember(engine, look, source, settings=settings, recollection=recollection, heard=heard)
    return detection if same_rules else replace(detection, touched=True)


def _rules(source: Source, settings: PostsSettings) -> str:
    """Give a word that changes when the same file would be read differently."""
    site = source.site
    known = (site.kind, site.fingerprint, site.url, site.language)
    said = (settings.excerpt, settings.embeds, settings.max_file_bytes)
    return of_parts((READER_VERSION, SHAPE, *known, *said))


def release(engine: sa.Engine, *, paths: Iterable[str] | None = None) -> tuple[TrackedPost, ...]:
    """Give held posts their arrival numbers: those at ``paths``, or all; gives the ones that arrived."""
    return _let_go(engine, paths, lambda chosen, highest: number(chosen, after=highest))


def release_to_feeds(engine: sa.Engine, *, paths: Iterable[str] | None = None) -> tuple[TrackedPost, ...]:
    """Let held posts, those at ``paths`` or all, stay in the feeds and be owed to nobody; gives them."""
    return _let_go(engine, paths, lambda chosen, _: pass_over(chosen))


def _let_go(
    engine: sa.Engine,
    paths: Iterable[str] | None,
    numbered: Callable[[Iterable[TrackedPost], ArrivalNumber], Sequence[TrackedPost]],
) -> tuple[TrackedPost, ...]:
    wanted = None if paths is None else set(paths)
    with engine.begin() as connection:
        _take_turn(connection)
        held = post_store.in_state(connection, PostState.HELD)
        chosen = [each for each in held if wanted is None or each.post.path in wanted]
        gone_on = numbered(chosen, post_store.highest_arrival(connection))
        post_store.replace(connection, gone_on)
        if gone_on:
            meta.bump(connection, meta.POSTS_REVISION)
    return tuple(gone_on)


def _nothing_new(engine: sa.Engine, look: Look, settling: Sequence[TrackedPost]) -> Detection:
    if look.files:  # touched, or read a second time because the first was so soon after its last change
        with engine.begin() as connection:
            files.remember(connection, look.files.values())
    with reading(engine) as connection:
        held = post_store.in_state(connection, PostState.HELD)
        counted = post_store.counts(connection)
    return _summary(look, counted, held=held, waiting=settling)


def _remember(  # noqa: PLR0913 - as ``detect``
    engine: sa.Engine,
    look: Look,
    source: Source,
    *,
    settings: PostsSettings,
    recollection: Recollection,
    heard: Callable[[Decision], None],
) -> Detection:
    """Decide and write in one transaction: a crash leaves the memory as it was before the pass."""
    patience = Patience(settle=settings.settle, flood_guard=settings.flood_guard)
    with engine.begin() as connection:
        _take_turn(connection)
        memory = _memory(connection, recollection)
        decision = decide(memory, readings=look.readings, lost=look.lost, patience=patience, now=look.now)
        heard(decision)
        _write_posts(connection, decision, now=look.now)
        there = (each for each in decision.posts if each.state is not PostState.GONE)
        current = tuple(post_store.newest_first(there))
        look = replace(look, files=_named(look, {each.post.path for each in current}))
        files.remember(connection, look.files.values())
        files.forget(connection, look.lost)
        drawn_on.remember(connection, readings=look.readings, root=source.site.root, gone=look.lost)
        meta.write(connection, _READ_UNDER, _rules(source, settings))
        counted = post_store.counts(connection)
        key = key_of(connection)
    recollection.keep(decision.posts, key=key)
    told = _told(look, decision, current=current, counted=counted, first_run=memory.baseline_through is None)
    return replace(told, present=Present(posts=current, key=key))


def _take_turn(connection: sa.Connection) -> None:
    """Wait until nobody else numbers posts: on PostgreSQL a row that is written is locked."""
    meta.write(connection, _TURN, "")


def _write_posts(connection: sa.Connection, decision: Decision, *, now: datetime) -> None:
    post_store.add(connection, decision.new)
    post_store.replace(connection, decision.known)
    former_paths.add(connection, decision.moved, at=now)
    meta.write(connection, _BASELINE_THROUGH, str(decision.baseline_through))
    if decision.new or decision.known:
        meta.bump(connection, meta.POSTS_REVISION)


def _told(
    look: Look,
    decision: Decision,
    *,
    current: Sequence[TrackedPost],
    counted: Mapping[PostState, int],
    first_run: bool,
) -> Detection:
    held = [each for each in current if each.state is PostState.HELD]
    waiting = [each for each in current if each.state is PostState.SETTLING]
    seen_anew = {each.id for each in (*decision.new, *decision.changed)}
    return replace(
        _summary(look, counted, held=held, waiting=waiting),
        new=decision.new,
        changed=decision.changed,
        gone=decision.gone,
        arrived=decision.arrived,
        warnings=(*_warnings(look), *clashes(current, seen_anew), *starmap(doubt, decision.doubts)),
        moved=decision.moved,
        baseline=first_run,
        touched=decision.visible,
    )


def _memory(connection: sa.Connection, recollection: Recollection) -> Memory:
    through = meta.read(connection, _BASELINE_THROUGH)
    return Memory(
        posts=recollection.posts(connection),
        highest_id=post_store.highest_id(connection),
        highest_arrival=post_store.highest_arrival(connection),
        baseline_through=None if through is None else ArrivalNumber(int(through)),
        given=variants.given(connection),
    )


def _named(look: Look, live_paths: AbstractSet[str]) -> dict[str, SeenFile]:
    """Give the files to remember; a problem says so where readers still get an earlier form of the post."""
    kept = {
        path for path, seen in look.files.items() if seen.problem and path in live_paths & set(look.readings)
    }
    return {
        path: replace(seen, problem=f"{seen.problem} ({_KEPT})") if path in kept else seen
        for path, seen in look.files.items()
    }


def _warnings(look: Look) -> Iterator[str]:
    for result in look.readings.values():
        if isinstance(result, Post):
            yield from result.warnings


def _summary(
    look: Look,
    counted: Mapping[PostState, int],
    *,
    held: Sequence[TrackedPost],
    waiting: Sequence[TrackedPost],
) -> Detection:
    current = [look.files.get(path) or look.seen_before[path] for path in look.candidates]
    return Detection(
        found=sum(count for state, count in counted.items() if state is not PostState.GONE),
        held=tuple(held),
        waiting=tuple(waiting),
        omitted=sum(1 for seen in current if seen.outcome not in {POST, UNREADABLE}),
        problems=(*look.unnameable, *(seen.problem for seen in current if seen.problem)),
    )
