"""One look at the site: what is new, changed, gone, and what may go out by mail."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from syndicate.errors import PostError
from syndicate.model.post import (
    ArrivalNumber,
    Omitted,
    Post,
    PostState,
    Reading,
    TrackedPost,
    Unreadable,
)
from syndicate.posts.arrival import Memory, Patience, decide, number
from syndicate.posts.clashes import clashes
from syndicate.posts.file_content import read_content
from syndicate.posts.fingerprint import of_bytes, of_parts
from syndicate.posts.source import Candidate, Source
from syndicate.settings.schema import PostsSettings
from syndicate.store import files, meta
from syndicate.store import posts as post_store
from syndicate.store.engine import reading
from syndicate.store.files import SeenFile

#: Grows when the same file would be read differently, so that every file is read anew.
READER_VERSION = 1

_READ_UNDER = "posts.read_under"
_BASELINE_THROUGH = "posts.baseline_through"
_POST = "post"
_UNREADABLE = "unreadable"
_KEPT = "until then its last good form stays in the feeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What one look found."""

    #: Posts the site has now.
    found: int
    new: tuple[TrackedPost, ...] = ()
    changed: tuple[TrackedPost, ...] = ()
    gone: tuple[TrackedPost, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What one scan of the folder brought."""

    candidates: Mapping[str, Candidate]
    seen_before: Mapping[str, SeenFile]
    #: Files to write, for they were read or touched.
    files: Mapping[str, SeenFile]
    readings: Mapping[str, Reading]
    #: One line for each file whose name no database can hold.
    unnameable: tuple[str, ...]

    @property
    def lost(self) -> set[str]:
        return set(self.seen_before) - set(self.candidates)


def detect(
    engine: sa.Engine,
    source: Source,
    *,
    settings: PostsSettings,
    now: datetime,
    progress: Callable[[int, int], None],
) -> Detection:
    """Look at the site and remember it; ``progress`` hears (files read, files to read).

    A file of the same size and time as before costs a ``stat``. ``SiteError`` when the site can't be read.
    """
    read_under = _rules(source, settings)
    with reading(engine) as connection:
        seen = files.every(connection)
        same_rules = meta.read(connection, _READ_UNDER) == read_under
        baseline_through = meta.read(connection, _BASELINE_THROUGH)
        settling = post_store.in_state(connection, PostState.SETTLING)
    reader = _Reader(source=source, settings=settings, now=now)
    look = _look(reader, seen, same_rules=same_rules, progress=progress)
    patience = Patience(settle=settings.settle, flood_guard=settings.flood_guard)
    due = any(each.changed_at + patience.settle <= now for each in settling)
    if baseline_through is not None and not (look.files or look.lost or due or not same_rules):
        return _nothing_new(engine, look, settling)
    detection = _remember(engine, look, patience=patience, read_under=read_under, now=now)
    return detection if same_rules else replace(detection, touched=True)


def _rules(source: Source, settings: PostsSettings) -> str:
    """Give a word that changes when the same file would be read differently."""
    site = source.site
    said = (site.kind, site.fingerprint, site.url, site.language, settings.excerpt, settings.max_file_bytes)
    return of_parts((READER_VERSION, *said))


def release(
    engine: sa.Engine, *, paths: Iterable[str] | None = None, now: datetime
) -> tuple[TrackedPost, ...]:
    """Give held posts their arrival numbers: those at ``paths``, or all; gives the ones that arrived."""
    del now  # a release counts from the order, not the clock
    wanted = None if paths is None else set(paths)
    with engine.begin() as connection:
        held = post_store.in_state(connection, PostState.HELD)
        chosen = [each for each in held if wanted is None or each.post.path in wanted]
        arrived = number(chosen, after=post_store.highest_arrival(connection))
        post_store.replace(connection, arrived)
    return tuple(arrived)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads one file after the other."""

    source: Source
    settings: PostsSettings
    now: datetime

    def needs_reading(self, candidate: Candidate, seen: SeenFile | None) -> bool:
        """Say whether ``stat`` alone can't tell that the file is what it was."""
        return (
            seen is None
            or (seen.size_bytes, seen.modified_ns) != (candidate.size_bytes, candidate.modified_ns)
            or self._is_due(seen)
            or not seen.digest  # a file that couldn't be opened is tried again
        )

    def read(self, candidate: Candidate, before: SeenFile | None) -> tuple[SeenFile, Reading | None]:
        """Read one file; without a reading where its bytes are what they were (a touch, a clone)."""
        root, limit = self.source.site.root, self.settings.max_file_bytes
        try:
            content = read_content(root, candidate.path, max_bytes=limit)
        except PostError as error:
            unreadable = Unreadable(path=candidate.path, line=error.line, problem=str(error))
            return _seen(candidate, "", unreadable), unreadable
        digest = of_bytes(content)
        if before and before.digest == digest and not self._is_due(before):
            same = replace(before, size_bytes=candidate.size_bytes, modified_ns=candidate.modified_ns)
            return same, None
        result = self.source.read(candidate.path, content, now=self.now)
        return _seen(candidate, digest, result), result

    def _is_due(self, seen: SeenFile) -> bool:
        return seen.until is not None and seen.until <= self.now


def _look(
    reader: _Reader,
    seen: Mapping[str, SeenFile],
    *,
    same_rules: bool,
    progress: Callable[[int, int], None],
) -> _Look:
    everything = list(reader.source.candidates())
    candidates = {candidate.path: candidate for candidate in everything if _nameable(candidate)}
    trusted = seen if same_rules else {}
    stale = [each for each in candidates.values() if reader.needs_reading(each, trusted.get(each.path))]
    looked_at: dict[str, SeenFile] = {}
    readings: dict[str, Reading] = {}
    for index, candidate in enumerate(stale, start=1):
        file, result = reader.read(candidate, trusted.get(candidate.path))
        looked_at[candidate.path] = file
        if result is not None:
            readings[candidate.path] = result
        progress(index, len(stale))
    return _Look(
        candidates=candidates,
        seen_before=seen,
        files=looked_at,
        readings=readings,
        unnameable=tuple(map(_unnameable, (each for each in everything if not _nameable(each)))),
    )


def _nameable(candidate: Candidate) -> bool:
    # Python shows bytes of a name that are not UTF-8 as lone surrogates.
    return not any("\ud800" <= char <= "\udfff" for char in candidate.path)


def _unnameable(candidate: Candidate) -> str:
    shown = candidate.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return f"{shown}: its name is not UTF-8; rename it"


def _seen(candidate: Candidate, digest: str, result: Reading) -> SeenFile:
    if isinstance(result, Post):
        outcome, problem, until = _POST, None, None
    elif isinstance(result, Omitted):
        outcome, problem, until = str(result.why), None, result.until
    else:
        outcome, problem, until = _UNREADABLE, result.problem, None
    return SeenFile(
        path=candidate.path,
        size_bytes=candidate.size_bytes,
        modified_ns=candidate.modified_ns,
        digest=digest,
        outcome=outcome,
        problem=problem,
        until=until,
    )


def _nothing_new(engine: sa.Engine, look: _Look, settling: Sequence[TrackedPost]) -> Detection:
    with reading(engine) as connection:
        held = post_store.in_state(connection, PostState.HELD)
        counted = post_store.counts(connection)
    return _summary(look, counted, held=held, waiting=settling)


def _remember(
    engine: sa.Engine, look: _Look, *, patience: Patience, read_under: str, now: datetime
) -> Detection:
    """Decide and write in one transaction: a crash leaves the memory as it was before the pass."""
    with engine.begin() as connection:
        memory = _memory(connection)
        decision = decide(memory, readings=look.readings, lost=look.lost, patience=patience, now=now)
        post_store.add(connection, decision.new)
        post_store.replace(connection, decision.known)
        current = post_store.live(connection)
        look = replace(look, files=_named(look, {each.post.path for each in current}))
        files.remember(connection, look.files.values())
        files.forget(connection, look.lost)
        meta.write(connection, _READ_UNDER, read_under)
        meta.write(connection, _BASELINE_THROUGH, str(decision.baseline_through))
        if decision.new or decision.known:
            meta.bump(connection, meta.POSTS_REVISION)
        held = post_store.in_state(connection, PostState.HELD)
        waiting = post_store.in_state(connection, PostState.SETTLING)
        counted = post_store.counts(connection)
    detection = _summary(look, counted, held=held, waiting=waiting)
    return replace(
        detection,
        new=decision.new,
        changed=decision.changed,
        gone=decision.gone,
        arrived=decision.arrived,
        warnings=(
            *_warnings(look),
            *clashes(current, {each.id for each in (*decision.new, *decision.changed)}),
        ),
        baseline=memory.baseline_through is None,
        touched=decision.visible,
    )


def _memory(connection: sa.Connection) -> Memory:
    through = meta.read(connection, _BASELINE_THROUGH)
    return Memory(
        posts=post_store.remembered(connection),
        highest_id=post_store.highest_id(connection),
        highest_arrival=post_store.highest_arrival(connection),
        baseline_through=None if through is None else ArrivalNumber(int(through)),
    )


def _named(look: _Look, live_paths: AbstractSet[str]) -> dict[str, SeenFile]:
    """Give the files to remember; a problem says so where readers still get an earlier form of the post."""
    kept = {
        path for path, seen in look.files.items() if seen.problem and path in live_paths & set(look.readings)
    }
    return {
        path: replace(seen, problem=f"{seen.problem} ({_KEPT})") if path in kept else seen
        for path, seen in look.files.items()
    }


def _warnings(look: _Look) -> Iterator[str]:
    for result in look.readings.values():
        if isinstance(result, Post):
            yield from result.warnings


def _summary(
    look: _Look,
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
        omitted=sum(1 for seen in current if seen.outcome not in {_POST, _UNREADABLE}),
        problems=(*look.unnameable, *(seen.problem for seen in current if seen.problem)),
    )
