import pytest

from syndicate.audience.changing import history
from syndicate.audience.subscribing import add
from syndicate.audience.tokens import UNSUBSCRIBE, token
from syndicate.audience.unsubscribing import unsubscribe
from syndicate.errors import AudienceError
from syndicate.model.subscriber import SubscriptionState
from syndicate.store import identity, subscriptions, suppressions
from syndicate.store.engine import reading


def put(river, address="ada@example.org", **changes):
    said = {"consent": "signed up at the fair", "who": "eve", "now": river.now}
    values = {**said, "name": "Ada  \n L."} | changes
    return add(river.engine, address, list_settings=river.list_settings, **values)


def leave(river, subscription):
    with reading(river.engine) as connection:
        given = token(identity.secret(connection), UNSUBSCRIBE, subscription.id)
    return unsubscribe(river.engine, given, now=river.now)


def test_a_reader_is_confirmed_with_somebodys_word(river):
    subscription, new = put(river)

    assert new
    assert (subscription.state, subscription.consent) == ("confirmed", "signed up at the fair")
    assert (subscription.subscriber.name, subscription.confirmed_at) == ("Ada L.", river.now)


def test_the_same_mailbox_twice_is_one_reader(river):
    first, _ = put(river)

    second, new = put(river, "ADA@Example.org", consent="again")

    assert (second, new) == (first, False)


def test_nobody_is_put_on_a_list_without_consent(river):
    with pytest.raises(AudienceError, match="consent: nobody may be mailed without it"):
        put(river, consent=" \n")


def test_a_cadence_the_list_does_not_have_is_refused(river):
    with pytest.raises(AudienceError, match='doesn\'t go out "daily"; choose one of weekly'):
        put(river, cadence="daily")


def test_before_the_start_a_reader_has_no_cursor_and_after_it_the_last_arrival(river):
    before, _ = put(river)
    river.arrive("one", baseline=True)
    river.start()
    river.arrive("two")

    after, _ = put(river, "ben@example.org")

    assert (before.cursor, after.cursor) == (None, 2)


def test_one_click_unsubscribes_for_ever(river):
    subscription, _ = put(river)

    left = leave(river, subscription)

    assert left is not None
    assert left.state is SubscriptionState.UNSUBSCRIBED
    assert leave(river, subscription) == left
    with pytest.raises(AudienceError, match="only the reader can come back"):
        put(river)


def test_a_stranger_s_token_unsubscribes_nobody(river):
    put(river)

    assert unsubscribe(river.engine, "A" * 22, now=river.now) is None


def test_a_suppressed_address_is_refused_with_the_reason(river):
    with river.engine.begin() as connection:
        suppressions.add(connection, "ada@example.org", reason="complained", created_at=river.now)

    with pytest.raises(AudienceError, match=r"no list may mail this address \(complained\)"):
        put(river)


def test_readers_are_listed_one_by_one(river):
    put(river)
    put(river, "ben@example.org")

    with reading(river.engine) as connection:
        found = [each.subscriber.address.text for each in subscriptions.on(connection, "gazette")]

    assert found == ["ada@example.org", "ben@example.org"]


def test_a_click_is_logged_as_the_readers_own_once(river):
    subscription, _ = put(river)
    leave(river, subscription)
    leave(river, subscription)

    ((_, log),) = history(river.engine, "ada@example.org")
    assert [(each.who, each.what) for each in log] == [
        ("eve", "added: signed up at the fair"),
        ("the reader", "unsubscribed"),
    ]
