# ruff: noqa: D102 - the methods of World are the words that the machine is written in
"""The world a ledger is tried in: a store, and everybody who has to do with it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from syndicate.audience import changing
from syndicate.dispatch import reopening, rescheduling, withdrawing
from syndicate.dispatch.delivering import deliver
from syndicate.dispatch.dropping import drop_all
from syndicate.dispatch.local import local_hands
from syndicate.errors import EditionError, TransportError
from syndicate.model.delivery import Delivery, DeliveryState
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.post import PostState, TrackedPost
from syndicate.model.shaping import Kind
from syndicate.reports.verify import verify
from syndicate.schedule import shaping, steering
from syndicate.schedule.coming import next_edition
from syndicate.settings.schema import Settings, StoreSettings
from syndicate.store import backups, copies, deliveries, editions, holding, posts, variants
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.tables import delivery
from tests.ledger.office import CrashError, Letter, Office

#: Its figures change without a move.
_MOVING = (EditionState.SENDING, EditionState.CANCELLED, EditionState.PAUSED)


@dataclass
class World:
    """A list with three cadences, its store, and the office that carries its mail."""

    river: Any
    office: Office = field(default_factory=Office)
    end: Callable[[], None] = lambda: None
    resend: bool = False
    _editions: list[Edition] = field(default_factory=list)
    _ledger: list[tuple[Delivery, str]] = field(default_factory=list)
    _verified: dict[EditionId, datetime] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def engine(self) -> sa.Engine:
        return self.river.engine

    def later(self, **time: int) -> None:
        self.river.now += timedelta(**time)

    # -- the site and its readers

    def arrive(self, title: str, *, tag: str, baseline: bool = False) -> TrackedPost:
        (made,) = self.river.arrive(title, baseline=baseline, tags=(tag,))
        return made

    def leave_site(self, post: TrackedPost) -> None:
        self.river.leave(post)

    def come_back_to_site(self, post: TrackedPost) -> None:
        with self.engine.begin() as connection:
            posts.replace(connection, [replace(post, state=PostState.ARRIVED)])

    def has(self, post: TrackedPost) -> bool:
        """Give whether the store knows a post."""
        with reading(self.engine) as connection:
            known = posts.tracked(connection, [post.id])
        return [each.post.title for each in known] == [post.post.title]

    def join(self, name: str, cadence: str | None) -> None:
        self.river.join(name, cadence=cadence)

    def choose_cadence(self, name: str, cadence: str | None) -> None:
        self.change(name, "choose_cadence", cadence=cadence, list_settings=self.river.list_settings)

    def change(self, name: str, word: str, **values: Any) -> None:
        """Change what a reader asked for; ``word`` is a function of ``audience.changing``."""
        reader = changing.find(self.engine, f"{name}@example.org", list_name="gazette")
        getattr(changing, word)(self.engine, reader.id, who=name, now=self.river.now, **values)

    # -- the clock's work

    def begin(self) -> None:
        self.river.start()
        self.river.tick()

    def freeze(self) -> None:
        withdrawing.finish(self.engine, self.river.settings.lists, lease=None, now=self.river.now)
        assert not self.river.freeze().problems

    def send(self) -> None:
        """Do what the local dispatcher does, through the office."""
        hands = replace(
            local_hands(self.river.settings, clock=lambda: self.river.now),
            transport=self.office,
            group=2,
            resend=self.resend,
        )
        copies.renew(self.engine, self.river.settings.outbox)
        with reading(self.engine) as connection:
            states = (EditionState.SCHEDULED, EditionState.SENDING)
            due = editions.due(connection, states, now=self.river.now)
        for edition in due:
            try:
                deliver(self.engine, edition, hands=hands, late_after=self.river.list_settings.late_after)
            except TransportError:
                return

    def turn(self) -> None:
        self.begin()
        self.freeze()
        self.send()

    def hold(self) -> None:
        with self.engine.begin() as connection:
            holding.hold(connection, who="eve", why="in a test", at=self.river.now)

    def unhold(self, *, answered: bool = False) -> None:
        with self.engine.begin() as connection:
            holding.release(connection, who="eve", at=self.river.now, answered=answered)

    def start_copy(self) -> list[Letter]:
        """Let a copy of the store do its work elsewhere; give what it sent."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "syndicate.db"
            with (
                closing(sqlite3.connect(self.engine.url.database)) as store,
                closing(sqlite3.connect(path)) as other,
            ):
                store.backup(other)
            engine = connect(sqlite_url(path))
            copy = World(replace(self.river, engine=engine))
            assert copies.look(engine, Path(folder), now=self.river.now)
            copy.turn()
            engine.dispose()
        return copy.office.letters

    def back_up(self) -> Path:
        """Write the store to a file."""
        return backups.back_up(self.engine, self._settings.outbox / f"backup{next(self._numbers)}.db")

    def put_back(self, backup: Path) -> bool:
        """Let a backup take the store's place; give whether anything may have been sent since."""
        self.engine.dispose()
        behind = backups.restore(self._settings, backup, **self._order)
        self._verified.clear()
        return behind

    def count_as_sent(self) -> None:
        """Let all that is owed count as sent, as ``syndicate release --drop`` does with what the site has."""
        self.begin()
        drop_all(self.engine, self.river.settings, **self._order)

    @property
    def _settings(self) -> Settings:
        """Give the settings with the store in them."""
        if self.engine.dialect.name == "sqlite":
            return self.river.settings
        url = self.engine.url.render_as_string(hide_password=False)
        return replace(self.river.settings, store=StoreSettings(url=url))

    # -- the editor

    @property
    def _order(self) -> dict[str, Any]:
        return {"who": "eve", "why": "in a test", "now": self.river.now}

    @property
    def _of_list(self) -> dict[str, Any]:
        return {"list_settings": self.river.list_settings, **self._order}

    def skip(self, edition: Edition, *, drop: bool) -> None:
        withdrawing.skip(self.engine, edition.id, drop=drop, **self._of_list)

    def cancel(self, edition: Edition) -> None:
        withdrawing.cancel(self.engine, edition.id, **self._order)

    def steer(self, word: str, edition: Edition) -> None:
        getattr(steering, word)(self.engine, edition.id, **self._order)

    def reschedule(self, edition: Edition, *, hours: int) -> None:
        due_at = self.river.now + timedelta(hours=hours)
        rescheduling.reschedule(self.engine, edition.id, due_at=due_at, **self._of_list)

    def create(self) -> None:
        with suppress(EditionError):  # there is one at this minute
            steering.create(self.engine, due_at=self.river.now, **self._of_list)

    def next_edition(self, cadence: str) -> None:
        with suppress(EditionError), self.engine.begin() as connection:  # the list hasn't started
            next_edition(connection, self.river.list_settings, cadence=cadence, now=self.river.now)

    @property
    def _hand(self) -> shaping.Hand:
        return shaping.Hand(**self._order)

    def pin(self, edition: Edition, post: TrackedPost) -> None:
        with suppress(EditionError), self.engine.begin() as connection:  # dropped for good, or fixed
            shaping.pin(connection, edition.id, [post.id], hand=self._hand)

    def drop(self, edition: Edition, post: TrackedPost, *, for_good: bool = False) -> None:
        with suppress(EditionError), self.engine.begin() as connection:  # as above
            shaping.drop(connection, edition.id, [post.id], for_good=for_good, hand=self._hand)

    def undo(self, edition: Edition, post: TrackedPost) -> None:
        with suppress(EditionError), self.engine.begin() as connection:  # as above, or nothing to undo
            shaping.undo(connection, edition.id, [post.id], kinds=tuple(Kind), hand=self._hand)

    def resolve(self) -> None:
        """Say of each refused or uncertain message what is true."""
        for row, name in self.ledger(DeliveryState.REJECTED, DeliveryState.UNCERTAIN):
            whose = {"readers": [row.subscription_id], **self._order}
            if not self.arrived(row, name):
                reopening.retry(self.engine, row.edition_id, uncertain=True, **whose)
            elif row.state is DeliveryState.UNCERTAIN:
                reopening.arrived(self.engine, row.edition_id, **whose)

    def arrived(self, row: Delivery, name: str) -> bool:
        """Give whether the reader has this message, or what it brings by one that the store forgot."""
        brought = set(self.titles(row))
        return any(
            each.message_id == row.message_id or (each.name == name and brought & set(each.titles))
            for each in self.office.letters
            if not each.excused
        )

    def release(self) -> None:
        """Let everything go on that waits for a person."""
        self.look()
        self.resolve()
        self.look()
        for edition in self.editions(EditionState.PAUSED):
            self.steer("resume", edition)
        for edition in self.editions(EditionState.FROZEN):
            self.steer("approve", edition)
        for edition in self.editions(EditionState.MISSED):
            self.reschedule(edition, hours=0)

    def until_crash(self, work: Callable[[], None], *, after: int | None = None) -> None:
        """Work until the process ends: by itself, by the office's word, or at a statement or commit."""
        left = iter(range(after)) if after is not None else count()

        def step(*_: object) -> None:
            if next(left, None) is None:
                raise CrashError

        with suppress(CrashError), _listening(self.engine, step):
            work()

    # -- what there is to see

    def look(self) -> None:
        """See how things stand; ``editions`` and ``ledger`` tell of the last look."""
        with reading(self.engine) as connection:
            self._editions = list(reversed(editions.every(connection)))
            numbers = connection.scalars(sa.select(delivery.c.edition_id).distinct()).all()
            found = []
            for number in sorted(numbers):
                rows = deliveries.of_edition(connection, EditionId(number), states=tuple(DeliveryState))
                found += [(row, address.partition("@")[0]) for row, address in rows]
        self._ledger = found

    def editions(self, *states: EditionState) -> list[Edition]:
        """Give the editions in these states, or all, the oldest first."""
        return [each for each in self._editions if not states or each.state in states]

    def ledger(self, *states: DeliveryState) -> list[tuple[Delivery, str]]:
        """Give the deliveries in these states, or all, with the reader's name."""
        return [(each, name) for each, name in self._ledger if not states or each.state in states]

    def verify(self) -> None:
        """Derive again what each edition claims that moved since the last time."""
        for edition in self._editions:
            if self._verified.get(edition.id) != edition.state_changed_at or edition.state in _MOVING:
                assert verify(self.engine, self._no_files, edition.id).problems == ()
            self._verified[edition.id] = edition.state_changed_at

    def titles(self, row: Delivery) -> tuple[str, ...]:
        """Give the titles a delivery holds."""
        with reading(self.engine) as connection:
            held = variants.of_edition(connection, row.edition_id)
            (ids,) = [each.post_ids for each in held if each.id == row.variant_id]
            return tuple(each.post.title for each in posts.tracked(connection, ids))

    @property
    def _no_files(self) -> Settings:
        """Give settings under which no files are looked for: the office has none."""
        return replace(self.river.settings, mail=replace(self.river.settings.mail, transport="smtp"))


@contextmanager
def _listening(engine: sa.Engine, step: Callable[..., None]) -> Iterator[None]:
    for event in ("before_cursor_execute", "commit"):
        sa.event.listen(engine, event, step)
    try:
        yield
    finally:
        for event in ("before_cursor_execute", "commit"):
            sa.event.remove(engine, event, step)
