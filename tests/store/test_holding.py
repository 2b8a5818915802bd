from datetime import timedelta

import pytest

from syndicate.model.delivery import DeliveryState
from syndicate.store import holding


@pytest.fixture
def due(river):
    """Give a list whose frozen edition a reader waits for."""
    river.start()
    river.tick()
    river.join("ada")
    river.arrive("one")
    river.now = (river.now + timedelta(days=7)).replace(hour=12)
    river.tick()
    river.freeze()
    return river


def test_no_dispatcher_claims_anything_while_the_store_is_held(due):
    with due.engine.begin() as connection:
        holding.hold(connection, who="eve", why="a holiday", at=due.now)
    (edition,) = due.send().editions

    assert due.mail() == {}
    assert due.ledger(edition.id) == {DeliveryState.PENDING: 1}


def test_a_release_lets_it_go_on_and_says_what_ended(due):
    with due.engine.begin() as connection:
        holding.hold(connection, who="eve", why="a holiday", at=due.now)
    due.send()
    with due.engine.begin() as connection:
        ended = holding.release(connection, who="bob", at=due.now)
        again = holding.release(connection, who="bob", at=due.now)
    due.send()

    assert (ended.who, ended.why, again) == ("eve", "a holiday", None)
    assert due.mail() == {"ada": ["one"]}
