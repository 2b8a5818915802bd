from datetime import timedelta

import pytest

from syndicate.audience.changing import find, remove
from syndicate.dispatch.reopening import arrived, retry
from syndicate.dispatch.withdrawing import cancel
from syndicate.errors import EditionError
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionState
from syndicate.store import deliveries, editions
from syndicate.store.deliveries import Settlement
from syndicate.store.engine import reading

WHO = {"who": "eve", "why": "called them"}


@pytest.fixture
def frozen(river):
    """Give a frozen edition that three readers wait for."""
    river.start()
    river.tick()
    river.join("ada", "bob", "cy")
    collect(river, "one")
    river.freeze()
    return river


def collect(river, title):
    river.arrive(title)
    river.now = (river.now + timedelta(days=7)).replace(hour=12)
    river.tick()


def the_last(river):
    with reading(river.engine) as connection:
        return editions.every(connection)[0]


def reader(river, name):
    return find(river.engine, f"{name}@example.org", list_name="gazette").id


def settle(river, **states):
    """Let a server have said what it says."""
    with river.engine.begin() as connection:
        for name, state in states.items():
            found = deliveries.to_reader(connection, the_last(river).id, reader(river, name))
            deliveries.close(connection, [Settlement(id=found.id, state=state, reply="250")], at=river.now)


def test_what_was_refused_is_handed_over_again(frozen):
    settle(frozen, ada=DeliveryState.REJECTED, bob=DeliveryState.UNCERTAIN)
    frozen.send()
    edition = the_last(frozen)
    assert edition.state is EditionState.SENT_WITH_EXCEPTIONS
    assert set(frozen.mail()) == {"cy"}

    again, count = retry(frozen.engine, edition.id, now=frozen.now, **WHO)
    frozen.send()

    assert (again.state, count) == (EditionState.SENDING, 1)
    assert set(frozen.mail()) == {"ada", "cy"}
    assert frozen.ledger(edition.id) == {DeliveryState.ACCEPTED: 2, DeliveryState.UNCERTAIN: 1}


def test_what_is_uncertain_is_handed_over_again_only_when_asked_for(frozen):
    settle(frozen, ada=DeliveryState.UNCERTAIN)
    frozen.send()

    with pytest.raises(EditionError, match="nobody is rejected"):
        retry(frozen.engine, the_last(frozen).id, now=frozen.now, **WHO)
    retry(frozen.engine, the_last(frozen).id, now=frozen.now, uncertain=True, **WHO)
    frozen.send()

    assert frozen.mail() == {"ada": ["one"], "bob": ["one"], "cy": ["one"]}
    assert the_last(frozen).state is EditionState.SENT


def test_one_reader_is_tried_again_alone(frozen):
    settle(frozen, ada=DeliveryState.REJECTED, bob=DeliveryState.REJECTED)
    frozen.send()

    retry(frozen.engine, the_last(frozen).id, now=frozen.now, readers=[reader(frozen, "bob")], **WHO)
    frozen.send()

    assert set(frozen.mail()) == {"bob", "cy"}


def test_a_person_says_that_an_uncertain_message_arrived(frozen):
    settle(frozen, ada=DeliveryState.UNCERTAIN)
    frozen.send()

    _, count = arrived(frozen.engine, the_last(frozen).id, now=frozen.now, **WHO)
    frozen.send()

    assert count == 1
    assert the_last(frozen).state is EditionState.SENT
    assert set(frozen.mail()) == {"bob", "cy"}


def test_what_was_refused_of_a_cancelled_edition_goes_with_the_next_one(frozen):
    settle(frozen, ada=DeliveryState.REJECTED, bob=DeliveryState.ACCEPTED)
    edition = the_last(frozen)
    cancel(frozen.engine, edition.id, now=frozen.now, **WHO)
    retried, _ = retry(frozen.engine, edition.id, now=frozen.now, **WHO)
    collect(frozen, "two")
    frozen.turn()

    assert retried.state is EditionState.CANCELLED
    assert frozen.mail() == {"ada": ["two, one"], "bob": ["two"], "cy": ["two, one"]}


def test_who_left_meanwhile_is_not_written_to_by_a_retry(frozen):
    settle(frozen, ada=DeliveryState.REJECTED)
    frozen.send()
    remove(frozen.engine, reader(frozen, "ada"), who="ada", now=frozen.now)

    retry(frozen.engine, the_last(frozen).id, now=frozen.now, **WHO)
    frozen.send()

    assert "ada" not in frozen.mail()


def test_there_is_nothing_to_retry_before_anything_went_out(frozen):
    with pytest.raises(EditionError, match='it is "scheduled"; there is no message'):
        retry(frozen.engine, the_last(frozen).id, now=frozen.now, **WHO)


def test_a_second_try_is_logged_with_how_many(frozen):
    settle(frozen, ada=DeliveryState.REJECTED)
    frozen.send()

    retry(frozen.engine, the_last(frozen).id, now=frozen.now, **WHO)

    with reading(frozen.engine) as connection:
        last = editions.moves(connection, the_last(frozen).id)[-1]
    assert (last.who, last.why) == ("eve", "1 to be handed over again: called them")
