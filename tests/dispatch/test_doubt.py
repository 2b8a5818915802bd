"""What may have arrived is never taken back in silence: another edition would bring it a second time."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from syndicate.audience import changing
from syndicate.dispatch.delivering import deliver
from syndicate.dispatch.local import local_hands
from syndicate.dispatch.reopening import retry
from syndicate.dispatch.withdrawing import cancel
from syndicate.errors import TransportError
from syndicate.model.delivery import DeliveryState, Outcome, Reply
from syndicate.model.edition import EditionState
from syndicate.reports.verify import verify
from syndicate.schedule.steering import pause
from syndicate.store import editions, holding
from syndicate.store.engine import reading
from syndicate.store.tables import variant

STATE = DeliveryState
ORDER = {"who": "eve", "why": "in a test"}


class Line:
    """A transport that takes every message, and answers none as long as it is bad."""

    capacity = None
    repeatable = False

    def __init__(self, *, bad=(), breaks=False):
        self.given = Counter()
        self._bad = bad
        self._breaks = breaks

    def hand_over(self, messages):
        """Keep what is given."""
        for message in messages:
            name = message.envelope.recipient.partition("@")[0]
            self.given[name] += 1
            if self._breaks:
                raise TransportError("relay: gone; wait for it", permanent=False)
            known = Outcome.UNCERTAIN if name in self._bad else Outcome.ACCEPTED
            yield message.delivery_id, Reply(outcome=known, text="no answer")

    def stop(self):
        """Nothing waits."""

    def close(self):
        """Nothing is open."""


@pytest.fixture
def scheduled(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.join("ada", "ben")
    river.start()
    river.tick()
    (edition,) = river.freeze().editions
    return edition


def send(river, edition, transport, **changes):
    hands = replace(local_hands(river.settings, clock=lambda: river.now), transport=transport)
    with reading(river.engine) as connection:
        edition = editions.get(connection, edition.id)
    hands = replace(hands, **{"resend": True, **changes})
    return deliver(river.engine, edition, hands=hands, late_after=timedelta(hours=6))


def crash(river, edition, **changes):
    """Die while the first message is under way, which arrived."""
    with pytest.raises(TransportError):
        send(river, edition, Line(breaks=True), group=1, **changes)


def change(river, name, word):
    reader = changing.find(river.engine, f"{name}@example.org", list_name="gazette")
    getattr(changing, word)(river.engine, reader.id, who=name, now=river.now)


def next_edition(river):
    """Give whom the next edition is for."""
    river.arrive("two")
    river.now += timedelta(days=7)
    river.turn()
    return river.mail()


def test_who_paused_after_a_message_without_an_answer_is_not_owed_it_again(river, scheduled):
    send(river, scheduled, Line(bad=("ada",)))
    change(river, "ada", "pause")
    river.now += timedelta(hours=1)

    edition = send(river, scheduled, Line())

    assert river.ledger(edition.id) == {STATE.ACCEPTED: 1, STATE.UNCERTAIN: 1}
    assert edition.state is EditionState.SENT_WITH_EXCEPTIONS
    change(river, "ada", "resume")
    assert next_edition(river) == {"ada": ["two"], "ben": ["two"]}


def test_who_left_after_a_crash_is_not_written_to_again(river, scheduled):
    crash(river, scheduled)
    change(river, "ada", "remove")
    line = Line()

    edition = send(river, scheduled, line)

    assert line.given == {"ben": 1}
    assert river.ledger(edition.id) == {STATE.ACCEPTED: 1, STATE.UNCERTAIN: 1}


def test_nor_where_a_second_copy_is_impossible(river, scheduled):
    crash(river, scheduled, resend=False)
    change(river, "ada", "remove")

    river.send()

    assert river.mail() == {"ben": ["one"]}
    assert verify(river.engine, river.settings, scheduled.id).problems == ()


def test_a_file_that_was_written_before_a_crash_may_stand_beside_its_doubt(river, scheduled):
    river.send()
    path = next(river.settings.outbox.glob("mail/**/*ada*.eml"))
    with river.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE delivery SET state = 'handing' WHERE subscription_id = 1")
        connection.exec_driver_sql("UPDATE edition SET state = 'sending'")
    change(river, "ada", "remove")

    river.send()

    assert path.exists()
    assert river.ledger(scheduled.id) == {STATE.ACCEPTED: 1, STATE.UNCERTAIN: 1}
    assert verify(river.engine, river.settings, scheduled.id).problems == ()


def test_a_cancelled_edition_doesn_t_owe_again_what_may_have_arrived(river, scheduled):
    send(river, scheduled, Line(bad=("ada",)))

    cancel(river.engine, scheduled.id, now=river.now, **ORDER)

    assert river.ledger(scheduled.id) == {STATE.ACCEPTED: 1, STATE.UNCERTAIN: 1}
    assert next_edition(river) == {"ada": ["two"], "ben": ["two"]}


def test_what_came_too_late_after_a_doubt_is_uncertain_not_expired(river, scheduled):
    send(river, scheduled, Line(bad=("ada",)))
    river.now += timedelta(days=3)

    class Later(Line):
        def hand_over(self, messages):
            for message in messages:
                yield message.delivery_id, Reply(outcome=Outcome.DEFERRED, text="451 later")

    edition = send(river, scheduled, Later())

    assert river.ledger(edition.id) == {STATE.ACCEPTED: 1, STATE.UNCERTAIN: 1}


def test_what_an_editor_lets_go_again_and_may_have_arrived_stays_in_doubt(river, scheduled):
    send(river, scheduled, Line(bad=("ada",)), resend=False)
    retry(river.engine, scheduled.id, uncertain=True, now=river.now, **ORDER)
    change(river, "ada", "pause")

    edition = send(river, scheduled, Line(), resend=False)

    assert river.ledger(edition.id) == {STATE.ACCEPTED: 1, STATE.UNCERTAIN: 1}


def test_nothing_is_sent_again_while_the_store_is_held(river, scheduled):
    crash(river, scheduled)
    with river.engine.begin() as connection:
        holding.hold(connection, who="eve", why="in a test", at=river.now)
    line = Line()

    edition = send(river, scheduled, line)

    assert line.given == {}
    assert river.ledger(edition.id) == {STATE.HANDING: 1, STATE.PENDING: 1}


def test_nor_once_the_edition_is_paused(river, scheduled):
    crash(river, scheduled)
    with reading(river.engine) as connection:
        sending = editions.get(connection, scheduled.id)
    pause(river.engine, scheduled.id, now=river.now, **ORDER)
    line = Line()
    hands = replace(local_hands(river.settings, clock=lambda: river.now), transport=line, resend=True)

    deliver(river.engine, sending, hands=hands, late_after=timedelta(hours=6))

    assert line.given == {}
    assert river.ledger(scheduled.id) == {STATE.HANDING: 1, STATE.PENDING: 1}


def test_what_may_have_arrived_and_can_be_made_no_more_is_in_doubt_not_refused(river, scheduled):
    crash(river, scheduled)
    with river.engine.begin() as connection:
        connection.execute(sa.update(variant).values(wire=b"broken"))

    send(river, scheduled, Line())

    assert river.ledger(scheduled.id) == {STATE.UNCERTAIN: 1, STATE.REJECTED: 1}
