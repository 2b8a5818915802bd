"""Claim, hand over, settle: until nobody in the edition waits.

``handing`` is committed before the first byte leaves; one transaction settles a group and claims the next.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from syndicate.dispatch.claims import INTERRUPTED, Claim, Terms, claim, conclusion, settlement
from syndicate.dispatch.filling import Filling
from syndicate.dispatch.sender import Sender
from syndicate.errors import EditionError, MessageError, TransportError
from syndicate.model.delivery import OPEN_STATES, DeliveryId, DeliveryState, Outcome, Reply
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.message import Message
from syndicate.schedule.moving import CLOCK, DISPATCH, move
from syndicate.schedule.states import late
from syndicate.store import deliveries, editions, holding, identity
from syndicate.store.deliveries import Claimable, Settlement
from syndicate.store.engine import reading
from syndicate.transports.transport import Transport

#: Told how many of how many deliveries are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Who delivers, and with what."""

    transport: Transport
    sender: Sender
    #: Names this dispatcher in its claims; no two alike.
    owner: str
    #: The most messages claimed and not settled; a crash leaves so many in doubt.
    group: int
    #: A claim older than this belongs to a process that died. ``None``: no other process can be alive.
    lease: timedelta | None
    #: What is in doubt is sent again, with the same Message-ID; else a person is asked.
    resend: bool
    #: Who was put off is tried until this long after the edition was due.
    expire_after: timedelta
    clock: Callable[[], datetime]
    #: Asked before each claim: once it says yes, what is under way is settled and the rest is left for later.
    stopping: Callable[[], bool] = lambda: False


def deliver(
    engine: sa.Engine,
    edition: Edition,
    *,
    hands: Hands,
    late_after: timedelta,
    progress: Progress = lambda _done, _all: None,
) -> Edition:
    """Send an edition whose time has come, or go on sending it; give it as it stands afterwards.

    One that is ``late_after`` its time before it has begun is missed instead: a person is asked.
    An ``OutboxError`` or ``TransportError`` leaves it as far as it came; nobody is marked who wasn't served.
    A ``TransportError`` that would come again pauses it.
    """
    edition = _begin(engine, edition, now=hands.clock(), late_after=late_after)
    if edition.state is EditionState.SENDING:
        try:
            _Round(engine, edition, hands, progress).run()
        except TransportError as error:
            if error.permanent:
                _pause(engine, edition, why=str(error), now=hands.clock())
            raise
        edition = _conclude(engine, edition, now=hands.clock())
    return edition


def _pause(engine: sa.Engine, edition: Edition, *, why: str, now: datetime) -> None:
    with engine.begin() as connection:
        move(connection, edition, EditionState.PAUSED, who=DISPATCH, why=why, now=now)


def _begin(engine: sa.Engine, edition: Edition, *, now: datetime, late_after: timedelta) -> Edition:
    if edition.state is not EditionState.SCHEDULED or edition.due_at > now:
        return edition
    with engine.begin() as connection:
        if late(edition.due_at, now=now, late_after=late_after):
            move(connection, edition, EditionState.MISSED, who=CLOCK, why="later than late_after", now=now)
        else:
            move(connection, edition, EditionState.SENDING, who=CLOCK, why="due", now=now)
    return _reread(engine, edition.id)


def _conclude(engine: sa.Engine, edition: Edition, *, now: datetime) -> Edition:
    with engine.begin() as connection:
        counts = deliveries.counts(connection, edition.id)
        if not OPEN_STATES.intersection(counts):
            state, why = conclusion(counts)
            move(connection, edition, state, who=DISPATCH, why=why, now=now)
    return _reread(engine, edition.id)


def _reread(engine: sa.Engine, edition_id: EditionId) -> Edition:
    with reading(engine) as connection:
        found = editions.get(connection, edition_id)
    if found is None:
        raise EditionError(f"edition {edition_id}: it is not in the store; look at `edition list`")
    return found


class _Round:
    """One dispatcher's work on one edition."""

    def __init__(self, engine: sa.Engine, edition: Edition, hands: Hands, progress: Progress) -> None:
        self._engine = engine
        self._edition = edition
        self._hands = hands
        self._progress = progress
        with reading(engine) as connection:
            counts = deliveries.counts(connection, edition.id)
            secret = identity.secret(connection)
        self._all = sum(counts.values())
        self._done = self._all - sum(counts.get(state, 0) for state in OPEN_STATES)
        self._filling = Filling(engine, edition, hands.sender, secret)
        # From the last time it began: one that is retried or resumed late has its time again.
        begun = max(edition.due_at, edition.state_changed_at)
        self._terms = Terms(resend=hands.resend, expires_at=begun + hands.expire_after)
        #: Handed over, and not answered yet.
        self._under_way: dict[DeliveryId, Claimable] = {}

    def run(self) -> None:
        """Serve everybody whose time has come."""
        for group in self._abandoned():
            self._settle(self._handed_over(group))
            self._wait_for_answers()
        settled: list[Settlement] = []
        while (group := self._next(settled)).found or self._under_way:
            settled = self._handed_over(group)
            if not (group.found or settled):
                break  # nothing will ever be known of the others
        self._progress(self._done, self._all)

    def _wait_for_answers(self) -> None:
        """Settle until nothing is under way, or nothing more will be known of it."""
        while self._under_way and (settled := self._handed_over(Claim())):
            self._settle(settled)

    def _next(self, settled: list[Settlement]) -> Claim:
        """Settle one group and claim another, in one transaction."""
        with self._engine.begin() as connection:
            self._write(connection, settled)
            group = self._claim(connection)
        self._done += len(settled) + len(group.closed)
        self._progress(self._done, self._all)
        return group

    def _claim(self, connection: sa.Connection) -> Claim:
        now = self._hands.clock()
        if not self._may_send(connection):
            return Claim()
        due: list[deliveries.Claimable] = []
        for state in (DeliveryState.PENDING, DeliveryState.DEFERRED):
            room = self._hands.group - len(self._under_way) - len(due)
            if room > 0:
                due += deliveries.claimable(connection, self._edition.id, state, now=now, limit=room)
        group = claim(due)
        deliveries.close(connection, group.closed, at=now)
        ids = [each.id for each in group.handing]
        if ids:
            deliveries.hand(connection, ids, owner=self._hands.owner, at=now)
        return group

    def _handed_over(self, group: Claim) -> list[Settlement]:
        """Hand a group over, and give what is known by now of it and of earlier ones.

        Where the transport gives up, what was answered is settled and the error passed on.
        """
        settled: list[Settlement] = []
        messages: list[Message] = []
        for each in group.handing:
            try:
                messages.append(self._filling.message(each))
                self._under_way[each.id] = each
            except MessageError as error:
                refusal = Reply(outcome=Outcome.REJECTED, text=str(error))
                settled.append(settlement(each, refusal, terms=self._terms, now=self._hands.clock()))
        try:
            for delivery_id, reply in self._hands.transport.hand_over(messages):
                claimed = self._under_way.pop(delivery_id)
                settled.append(settlement(claimed, reply, terms=self._terms, now=self._hands.clock()))
        except BaseException:
            self._settle(settled)
            raise
        return settled

    def _may_send(self, connection: sa.Connection) -> bool:
        """Give whether nobody paused or cancelled the edition, held the store, or wants us to end."""
        sending = editions.state(connection, self._edition.id) is EditionState.SENDING
        return sending and holding.held(connection) is None and not self._hands.stopping()

    def _abandoned(self) -> list[Claim]:
        """Take over what a dead process held.

        Where handing over again can't make a second copy, or is allowed to, it is simply done, unless the
        reader left meanwhile; elsewhere nobody can know.
        """
        now = self._hands.clock()
        before = None if self._hands.lease is None else now - self._hands.lease
        with self._engine.begin() as connection:
            if not self._may_send(connection):
                return []
            ids = deliveries.abandoned(connection, self._edition.id, claimed_before=before)
            if not (self._hands.transport.repeatable or self._hands.resend):
                doubts = [
                    Settlement(id=each, state=DeliveryState.UNCERTAIN, reply=INTERRUPTED) for each in ids
                ]
                deliveries.close(connection, doubts, at=now)
                return []
            group = claim([replace(each, doubtful=True) for each in deliveries.read(connection, ids)])
            deliveries.close(connection, group.closed, at=now)
            again = [each.id for each in group.handing]
            if again:
                deliveries.hand(connection, again, owner=self._hands.owner, at=now)
        size = self._hands.group
        return [Claim(handing=group.handing[at : at + size]) for at in range(0, len(group.handing), size)]

    def _settle(self, settled: list[Settlement]) -> None:
        with self._engine.begin() as connection:
            self._write(connection, settled)
        self._done += len(settled)

    def _write(self, connection: sa.Connection, settled: list[Settlement]) -> None:
        deliveries.settle(connection, settled, owner=self._hands.owner, at=self._hands.clock())
