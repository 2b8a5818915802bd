"""One pass after the other, at the instants at which something can happen, on a clock of its own.

The same detection, calendar and freeze as in every pass, with a store and a folder that are thrown away; what
an edition says is its titles, for rendering decides nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from syndicate.audience.subscribing import add
from syndicate.dispatch.local import freeze_due
from syndicate.errors import SiteError
from syndicate.model.edition import Edition, EditionState
from syndicate.model.post import PostId, TrackedPost
from syndicate.posts.detection import Detection, detect, release
from syndicate.posts.recollection import Recollection
from syndicate.posts.sources import open_source
from syndicate.reports.replay.checkout import Checkout
from syndicate.reports.replay.history import Change, Commit, History
from syndicate.schedule.approval import cut_off
from syndicate.schedule.occurrences import materialise
from syndicate.schedule.starting import start
from syndicate.settings.schema import Settings
from syndicate.store import files, posts, schedules, variants
from syndicate.store.engine import reading
from syndicate.store.scratch import blank

#: Told how many commits are done, and of how many.
Progress = Callable[[int, int], None]


class Kind(StrEnum):
    """What can happen."""

    BASELINE = "baseline"
    MAILED = "mailed"
    HELD = "held"
    RELEASED = "released"
    MOVED = "moved"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that would have happened."""

    kind: Kind
    at: datetime
    #: Its commit's id; "" where time alone made it happen.
    commit: str = ""
    posts: tuple[TrackedPost, ...] = ()
    #: Of moved posts, where each stood before.
    before: tuple[str, ...] = ()
    #: Of a mailing.
    edition: Edition | None = None
    #: Of a pass that stopped.
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What it came to."""

    commits: int = 0
    baseline: int = 0
    new: int = 0
    editions: int = 0
    #: Times that a post stood in an edition.
    mailed: int = 0
    edited: int = 0
    moved: int = 0
    gone: int = 0
    #: Wait for a release at the end.
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when, and whether somebody releases at once what is held."""

    since: datetime | None
    until: datetime
    releasing: bool


def replay(
    history: History, settings: Settings, *, span: Span, progress: Progress
) -> Iterator[Event | Tally]:
    """Give what would have happened, in order, and last what it came to; ``settings`` are complete.

    What is there at ``since``, or in the first commit, is the baseline.
    """
    commits = [each for each in history.commits() if each.at <= span.until]
    if not commits:
        raise SiteError(
            f"{history.root}: there is no commit up to {span.until:%Y-%m-%d}; choose a later --until"
        )
    with _scratch(history, settings) as replaying:
        yield from replaying.run(history, commits, span, progress)


@contextmanager
def _scratch(history: History, settings: Settings) -> Iterator["_Replaying"]:
    with (
        TemporaryDirectory(prefix="syndicate-replay-") as place,
        blank(Path(place)) as engine,
        history.blobs() as blobs,
    ):
        root = Path(place) / "site"
        root.mkdir()
        checkout = Checkout(root=root, blobs=blobs, max_file_bytes=settings.posts.max_file_bytes)
        there = replace(
            settings,
            site=replace(settings.site, path=root),
            outbox=Path(place),
            mail=replace(settings.mail, transport="outbox"),  # nothing leaves, so nothing need be ready to
        )
        yield _Replaying(engine=engine, settings=there, checkout=checkout, shown=str(history.root))


@dataclass(frozen=True, slots=True)
class _Titles:
    """A digest that says nothing but its posts' titles."""

    subject: str
    html: str = ""
    text: str = ""
    wire: bytes = b""


def _titles(shown: Sequence[TrackedPost], edition: Edition) -> _Titles:
    del edition
    return _Titles(shown[0].post.title[:200])


@dataclass(slots=True, kw_only=True)
class _Replaying:
    """The state between two passes."""

    engine: sa.Engine
    settings: Settings
    checkout: Checkout
    #: What messages call the folder.
    shown: str
    tally: Tally = field(default_factory=Tally)
    _recollection: Recollection = field(default_factory=Recollection)
    _seen: Detection | None = None
    _held: frozenset[PostId] = frozenset()
    _stopped: str = ""

    def run(
        self, history: History, commits: Sequence[Commit], span: Span, progress: Progress
    ) -> Iterator[Event | Tally]:
        first = _first(commits, span.since)
        begin = commits[first]
        now = max(begin.at, span.since or begin.at)
        yield from self._commit(begin, history.files(begin), span, now=now)
        for number, commit in enumerate(commits[first + 1 :], start=1):
            yield from self._wait(now, commit.at, span)
            now = max(now, commit.at)
            yield from self._commit(commit, commit.changes, span, now=now)
            progress(number, len(commits) - first - 1)
        yield from self._wait(now, span.until, span)
        self.tally.commits = len(commits) - first
        self.tally.held = len(self._held)
        yield self.tally

    def _commit(
        self, commit: Commit, changes: Sequence[Change], span: Span, *, now: datetime
    ) -> Iterator[Event]:
        self.checkout.apply(changes, at=commit.at)
        yield from self._look(span, now=now, commit=commit.id)
        yield from self._mail(now=now)

    def _wait(self, now: datetime, until: datetime, span: Span) -> Iterator[Event]:
        """Let time pass, and make a pass whenever it changes something."""
        while self._seen is not None:
            looking, mailing = self._next_look(now), self._next_mail()
            times = [each for each in (looking, mailing) if each is not None and each < until]
            if not times:
                return
            now = min(times)
            if looking is not None and looking <= now:
                yield from self._look(span, now=now)
            yield from self._mail(now=now)

    def _next_look(self, now: datetime) -> datetime | None:
        """Give when a post has settled, or one of the future comes of age."""
        with reading(self.engine) as connection:
            times = [files.next_until(connection, after=now)]
        settle = self.settings.posts.settle
        times += [each.changed_at + settle for each in (self._seen.waiting if self._seen else ())]
        return min((each for each in times if each is not None), default=None)

    def _next_mail(self) -> datetime | None:
        """Give when the next edition is put together."""
        times = []
        with reading(self.engine) as connection:
            for each in self.settings.lists:
                for cadence in each.cadences:
                    point = schedules.get(connection, each.name, cadence.every)
                    if point and point.next_at:
                        times.append(cut_off(each, point.next_at))
        return min(times, default=None)

    def _look(self, span: Span, *, now: datetime, commit: str = "") -> Iterator[Event]:
        try:
            found = detect(
                self.engine,
                open_source(self.settings),
                settings=self.settings.posts,
                now=now,
                progress=lambda _done, _all: None,
                recollection=self._recollection,
            )
        except SiteError as error:
            yield from self._stop(error, now=now, commit=commit)
            return
        self._stopped = ""
        self._seen = found
        self._count(found)
        yield from self._told(found, now=now, commit=commit)
        if found.baseline:
            self._begin(now=now)
        if span.releasing and found.held:
            released = release(self.engine)
            yield Event(kind=Kind.RELEASED, at=now, commit=commit, posts=released)
            self._held = frozenset()

    def _stop(self, error: SiteError, *, now: datetime, commit: str) -> Iterator[Event]:
        """Tell of a pass that stopped, once for any number that stop alike."""
        reason = str(error).replace(str(self.checkout.root), self.shown)
        if reason != self._stopped:
            self._stopped = reason
            yield Event(kind=Kind.STOPPED, at=now, commit=commit, reason=reason)

    def _told(self, found: Detection, *, now: datetime, commit: str) -> Iterator[Event]:
        if found.baseline:
            yield Event(kind=Kind.BASELINE, at=now, commit=commit, posts=found.new)
        if found.moved:
            ids = [each.id for each in found.moved]
            with reading(self.engine) as connection:
                after = tuple(posts.tracked(connection, ids))
            before = tuple(each.post.path for each in found.moved)
            yield Event(kind=Kind.MOVED, at=now, commit=commit, posts=after, before=before)
        held = tuple(each for each in found.held if each.id not in self._held)
        self._held = frozenset(each.id for each in found.held)
        if held:
            yield Event(kind=Kind.HELD, at=now, commit=commit, posts=held)

    def _count(self, found: Detection) -> None:
        tally = self.tally
        if found.baseline:
            tally.baseline += len(found.new)
        else:
            tally.new += len(found.new)
        tally.edited += len(found.changed)
        tally.moved += len(found.moved)
        tally.gone += len(found.gone)

    def _begin(self, *, now: datetime) -> None:
        """Put a reader of each cadence on each list, and start them."""
        for each in self.settings.lists:
            for cadence in each.cadences:
                add(
                    self.engine,
                    f"{cadence.every}@readers.example",
                    list_settings=each,
                    consent="a replay",
                    who="replay",
                    now=now,
                    cadence=cadence.every,
                )
            start(self.engine, each, now=now)

    def _mail(self, *, now: datetime) -> Iterator[Event]:
        materialise(self.engine, self.settings.lists, now=now)
        frozen = freeze_due(self.engine, self.settings, render=_titles, now=now)
        for edition in frozen.editions:
            if edition.state in {EditionState.SCHEDULED, EditionState.FROZEN}:
                shown = self._shown(edition)
                self.tally.editions += 1
                self.tally.mailed += len(shown)
                yield Event(kind=Kind.MAILED, at=edition.due_at, edition=edition, posts=shown)

    def _shown(self, edition: Edition) -> tuple[TrackedPost, ...]:
        with reading(self.engine) as connection:
            fixed = variants.of_edition(connection, edition.id)
            ids = dict.fromkeys(each for variant in fixed for each in variant.post_ids)
            return tuple(posts.tracked(connection, ids))


def _first(commits: Sequence[Commit], since: datetime | None) -> int:
    """Give the commit whose posts are the baseline: the last one before ``since``, else the first of all."""
    before = [index for index, each in enumerate(commits) if since is not None and each.at < since]
    return before[-1] if before else 0
