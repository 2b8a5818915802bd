import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from syndicate.audience.tokens import UNSUBSCRIBE, token
from syndicate.audience.unsubscribing import unsubscribe
from syndicate.dispatch.delivering import deliver
from syndicate.dispatch.local import local_hands
from syndicate.dispatch.reopening import retry
from syndicate.errors import OutboxError, TransportError
from syndicate.model.delivery import DeliveryState, Outcome, Reply
from syndicate.model.edition import EditionState
from syndicate.settings.schema import SmtpSettings
from syndicate.store import editions, identity, suppressions
from syndicate.store.engine import reading
from syndicate.store.tables import delivery

STATE = DeliveryState


class Recorder:
    """A transport that remembers, and answers as it is told."""

    def __init__(self, answers=(), *, repeatable=False):
        self.repeatable = repeatable
        self.given = Counter()
        self._answers = dict(answers)

    def hand_over(self, messages):
        """Answer for each message."""
        for message in messages:
            name = message.envelope.recipient.partition("@")[0]
            answer = self._answers.get(name, Reply(outcome=Outcome.ACCEPTED, text="250 ok"))
            if isinstance(answer, Exception):
                raise answer
            self.given[name] += 1
            yield message.delivery_id, answer

    def close(self):
        """Nothing is held open."""


@pytest.fixture
def scheduled(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.join("ada", "ben", "cleo")
    river.start()
    river.tick()
    (edition,) = river.freeze().editions
    return edition


def by(river, transport, **changes):
    hands = local_hands(river.settings, clock=lambda: river.now)
    return replace(hands, transport=transport, **changes)


def sending(river, edition, hands, late_after=timedelta(hours=6)):
    return deliver(river.engine, edition, hands=hands, late_after=late_after)


def test_everybody_is_served_once(river, scheduled):
    transport = Recorder()

    edition = sending(river, scheduled, by(river, transport))

    assert transport.given == {"ada": 1, "ben": 1, "cleo": 1}
    assert (str(edition.state), river.ledger(edition.id)) == ("sent", {STATE.ACCEPTED: 3})


def test_who_left_after_the_freeze_is_not_written_to(river, scheduled):
    with reading(river.engine) as connection:
        given = token(identity.secret(connection), UNSUBSCRIBE, 1)
    unsubscribe(river.engine, given, now=river.now)
    transport = Recorder()

    edition = sending(river, scheduled, by(river, transport))

    assert transport.given == {"ben": 1, "cleo": 1}
    assert river.ledger(edition.id) == {STATE.ACCEPTED: 2, STATE.WITHDRAWN: 1}
    assert str(edition.state) == "sent"


def test_who_was_suppressed_after_the_freeze_is_not_written_to(river, scheduled):
    with river.engine.begin() as connection:
        suppressions.add(connection, "ben@example.org", reason="complained", created_at=river.now)
    transport = Recorder()

    edition = sending(river, scheduled, by(river, transport))

    assert transport.given == {"ada": 1, "cleo": 1}
    assert river.ledger(edition.id) == {STATE.ACCEPTED: 2, STATE.SUPPRESSED: 1}


def test_a_refusal_is_an_exception_and_stops_nobody(river, scheduled):
    transport = Recorder({"ben": Reply(outcome=Outcome.REJECTED, text="550 5.1.1 no such user")})

    edition = sending(river, scheduled, by(river, transport))

    assert str(edition.state) == "sent with exceptions"
    assert river.ledger(edition.id) == {STATE.ACCEPTED: 2, STATE.REJECTED: 1}


def test_what_was_put_off_is_tried_again_and_not_too_soon(river, scheduled):
    off = Recorder({"ben": Reply(outcome=Outcome.DEFERRED, text="451 later")})
    first = sending(river, scheduled, by(river, off))
    too_soon = sending(river, first, by(river, Recorder()))
    river.now += timedelta(minutes=5)
    transport = Recorder()

    edition = sending(river, too_soon, by(river, transport))

    assert (str(first.state), str(too_soon.state), str(edition.state)) == ("sending", "sending", "sent")
    assert transport.given == {"ben": 1}


def test_what_is_retried_after_the_edition_expired_has_its_time_again(river, scheduled):
    refused = Recorder({"ben": Reply(outcome=Outcome.REJECTED, text="550 5.7.1 not today")})
    edition = sending(river, scheduled, by(river, refused))
    river.now += timedelta(days=30)
    edition, _ = retry(river.engine, edition.id, who="eve", why="they mended it", now=river.now)
    off = Recorder({"ben": Reply(outcome=Outcome.DEFERRED, text="451 later")})

    edition = sending(river, edition, by(river, off))

    assert (str(edition.state), river.ledger(edition.id)) == (
        "sending",
        {STATE.ACCEPTED: 2, STATE.DEFERRED: 1},
    )


def test_an_address_that_no_message_can_carry_stops_nobody(river, scheduled):
    with river.engine.begin() as connection:
        connection.execute(sa.text("UPDATE subscriber SET envelope = 'b\r\nen' WHERE id = 2"))
    transport = Recorder()

    edition = sending(river, scheduled, by(river, transport))

    assert transport.given == {"ada": 1, "cleo": 1}
    assert str(edition.state) == "sent with exceptions"


def test_where_the_transport_gives_up_only_the_answered_are_settled(river, scheduled):
    broken = Recorder({"ben": TransportError("relay: gone; look at it", permanent=False)})

    with pytest.raises(TransportError):
        sending(river, scheduled, by(river, broken))

    assert river.ledger(scheduled.id) == {STATE.ACCEPTED: 1, STATE.HANDING: 2}


def test_what_a_dead_process_was_handing_over_is_uncertain(river, scheduled):
    broken = Recorder({"ben": TransportError("relay: gone; look at it", permanent=False)})
    with pytest.raises(TransportError):
        sending(river, scheduled, by(river, broken))
    (edition,) = river.editions()
    transport = Recorder()

    after = sending(river, replace(scheduled, state=EditionState.SENDING), by(river, transport))

    assert edition == ("start", "sending")
    assert not transport.given
    assert river.ledger(after.id) == {STATE.ACCEPTED: 1, STATE.UNCERTAIN: 2}
    assert str(after.state) == "sent with exceptions"


def test_where_a_second_copy_is_impossible_it_is_handed_over_again(river, scheduled):
    broken = Recorder({"ben": OutboxError("outbox: full; free it")}, repeatable=True)
    with pytest.raises(OutboxError):
        sending(river, scheduled, by(river, broken))
    transport = Recorder(repeatable=True)

    after = sending(river, replace(scheduled, state=EditionState.SENDING), by(river, transport))

    assert transport.given == {"ben": 1, "cleo": 1}
    assert str(after.state) == "sent"


def test_a_claim_within_its_lease_is_left_to_its_owner(river, scheduled):
    broken = Recorder({"ben": OutboxError("outbox: full; free it")}, repeatable=True)
    with pytest.raises(OutboxError):
        sending(river, scheduled, by(river, broken))
    transport = Recorder(repeatable=True)

    after = sending(
        river,
        replace(scheduled, state=EditionState.SENDING),
        by(river, transport, lease=timedelta(minutes=15)),
    )

    assert not transport.given
    assert str(after.state) == "sending"


def test_a_paused_edition_hands_nothing_over(river, scheduled):
    with river.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE edition SET state = 'paused'")
    transport = Recorder()

    sending(river, replace(scheduled, state=EditionState.SENDING), by(river, transport))

    assert not transport.given
    assert river.ledger(scheduled.id) == {STATE.PENDING: 3}


def test_a_late_edition_waits_for_a_person(river, scheduled):
    river.now += timedelta(hours=7)
    transport = Recorder()

    edition = sending(river, scheduled, by(river, transport))

    assert (str(edition.state), transport.given) == ("missed", Counter())


def test_two_dispatchers_at_once_serve_nobody_twice(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.crowd(400)
    river.start()
    river.tick()
    (edition,) = river.freeze().editions
    transports = [Recorder(), Recorder()]
    together = threading.Barrier(2)

    def work(transport, name):
        together.wait()
        sending(river, edition, by(river, transport, owner=name, group=7, lease=timedelta(minutes=15)))

    threads = [
        threading.Thread(target=work, args=(transport, str(number)))
        for number, transport in enumerate(transports)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    given = transports[0].given + transports[1].given
    assert given == {f"reader{number}": 1 for number in range(400)}
    assert river.ledger(edition.id) == {STATE.ACCEPTED: 400}
    assert river.editions() == [("start", "sent")]


def test_a_claim_that_was_taken_over_is_not_settled_by_its_first_owner(river, scheduled):
    class Overtaken(Recorder):
        def hand_over(self, messages):
            with river.engine.begin() as connection:
                connection.execute(sa.update(delivery).values(claimed_by="another"))
            yield from super().hand_over(messages)

    sending(river, scheduled, by(river, Overtaken()))

    assert river.ledger(scheduled.id) == {STATE.HANDING: 3}


def test_an_error_that_would_come_again_pauses_the_edition_and_burns_nobody(river, scheduled):
    back = Reply(outcome=Outcome.RETURNED, text="its turn did not come")
    refusing = Recorder({"ben": back, "cleo": back, "ada": back})

    class Refusing(Recorder):
        def hand_over(self, messages):
            yield from refusing.hand_over(messages)
            raise TransportError("relay: refuses AUTH; correct it", permanent=True)

    with pytest.raises(TransportError):
        sending(river, scheduled, by(river, Refusing()))

    with reading(river.engine) as connection:
        attempts = set(connection.scalars(sa.select(delivery.c.attempts)))
        (*_, paused) = editions.moves(connection, scheduled.id)
    assert river.ledger(scheduled.id) == {STATE.PENDING: 3}
    assert attempts == {0}
    assert (str(paused.new), paused.why) == ("paused", "relay: refuses AUTH; correct it")


def test_what_went_back_is_handed_over_with_the_next_pass(river, scheduled):
    back = Reply(outcome=Outcome.RETURNED, text="its turn did not come")

    class Away(Recorder):
        def hand_over(self, messages):
            yield from super().hand_over(messages)
            raise TransportError("relay: can't be reached; later", permanent=False)

    with pytest.raises(TransportError):
        sending(river, scheduled, by(river, Away({"ben": back})))
    transport = Recorder()

    edition = sending(river, replace(scheduled, state=EditionState.SENDING), by(river, transport))

    assert transport.given == {"ben": 1}
    assert (str(edition.state), river.ledger(edition.id)) == ("sent", {STATE.ACCEPTED: 3})


class Slow(Recorder):
    """A transport that answers everything but the first message, and that one at the end."""

    def __init__(self):
        super().__init__()
        self._kept = None

    def hand_over(self, messages):
        """Answer for what is known."""
        given = list(super().hand_over(messages))
        if self._kept is None:
            self._kept, *given = given
        elif not messages:
            given = [self._kept]
        yield from given


def test_one_that_is_not_answered_delays_nobody(river, scheduled):
    transport = Slow()
    ledgers = []

    deliver(
        river.engine,
        scheduled,
        hands=by(river, transport, group=2),
        late_after=timedelta(hours=6),
        progress=lambda *_: ledgers.append(river.ledger(scheduled.id)),
    )

    assert {STATE.ACCEPTED: 2, STATE.HANDING: 1} in ledgers
    assert river.ledger(scheduled.id) == {STATE.ACCEPTED: 3}
    assert transport.given == {"ada": 1, "ben": 1, "cleo": 1}


def test_what_a_dead_process_was_handing_over_is_sent_again_where_that_is_wanted(river, scheduled):
    broken = Recorder({"ben": TransportError("relay: gone; look at it", permanent=False)})
    with pytest.raises(TransportError):
        sending(river, scheduled, by(river, broken))
    transport = Recorder()

    edition = sending(
        river, replace(scheduled, state=EditionState.SENDING), by(river, transport, resend=True)
    )

    assert transport.given == {"ben": 1, "cleo": 1}
    assert (str(edition.state), river.ledger(edition.id)) == ("sent", {STATE.ACCEPTED: 3})


def test_no_more_is_claimed_than_two_for_each_connection(river):
    smtp = SmtpSettings(host="mail.invalid", connections=3)
    settings = replace(river.settings, mail=replace(river.settings.mail, transport="smtp"), smtp=smtp)

    hands = local_hands(settings, clock=lambda: river.now)

    assert hands.group == 6
