from datetime import UTC, datetime, timedelta

import pytest

from syndicate.audience import changing
from syndicate.model.subscriber import SubscriptionState
from syndicate.store import subscriptions, suppressions
from syndicate.store.aftermath import Sent, departed, keep_away, sent, since
from syndicate.store.engine import reading

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEKLY = (7, "gazette", "2026-11-23T07:00")
DAILY = (8, "gazette", "2026-11-24T07:00")
MORE = {(number, "news", f"{number}"): 1 for number in range(9, 13)}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (Sent(lease=4, numbers={}, reached={WEEKLY: 3}), ""),
        (Sent(lease=6, numbers={}, reached={WEEKLY: 3}), "it began to send since"),
        (Sent(lease=6, numbers={}, reached={WEEKLY: 4998}), "sent since: edition 7 of gazette (4,995)"),
        (
            Sent(lease=6, numbers={}, reached={WEEKLY: 3, DAILY: 2, **MORE}),
            "sent since: edition 8 of gazette (2), edition 9 of news (1), edition 10 of news (1) and 2 more",
        ),
        (None, "what was sent since isn't known"),
    ],
)
def test_what_was_sent_since_a_backup_is_named(before, words):
    assert since(before, Sent(lease=4, numbers={}, reached={WEEKLY: 3})) == words


def test_a_store_knows_what_has_reached_its_readers(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.join("ada", "bob")
    with reading(river.engine) as connection:
        before = sent(connection)
    river.turn()
    with reading(river.engine) as connection:
        after = sent(connection)

    assert (before.reached, after.reached) == ({}, {(1, "gazette", "start"): 2})


def leave(river, name):
    theirs = changing.find(river.engine, f"{name}@example.org", list_name="gazette")
    changing.remove(river.engine, theirs.id, who=name, now=river.now)


def gone_from(river):
    with reading(river.engine) as connection:
        return departed(connection)


def test_who_left_a_list_stays_away_from_a_store_that_still_has_them(river):
    river.join("ada", "bob")
    with river.engine.begin() as connection:
        suppressions.add(connection, "spam@example.org", reason="complaint", created_at=NOW)
    leave(river, "bob")
    gone = gone_from(river)
    back = changing.find(river.engine, "bob@example.org", list_name="gazette")
    changing.come_back(river.engine, back.id, consent="in a test", who="bob", now=river.now)

    with river.engine.begin() as connection:
        keep_away(connection, gone, now=NOW)

    assert states(river) == {"ada": SubscriptionState.CONFIRMED, "bob": SubscriptionState.UNSUBSCRIBED}
    ((_, log),) = changing.history(river.engine, "bob@example.org")
    assert (log[-1].who, log[-1].what) == (
        "syndicate",
        "unsubscribed: had left by the day on which a backup was restored",
    )


def states(river):
    with reading(river.engine) as connection:
        there = list(subscriptions.on(connection))
    return {each.subscriber.address.text.partition("@")[0]: each.state for each in there}


def test_who_came_and_left_is_not_put_on_again_by_an_import(river, sqlite_engine):
    river.join("cy")
    leave(river, "cy")
    with river.engine.begin() as connection:
        suppressions.add(connection, "spam@example.org", reason="complaint", created_at=NOW)
    gone = gone_from(river)

    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM change")
        connection.exec_driver_sql("DELETE FROM subscription")
        connection.exec_driver_sql("DELETE FROM subscriber")
        connection.exec_driver_sql("DELETE FROM suppression")
        keep_away(connection, gone, now=NOW)
        keep_away(connection, gone, now=NOW)

    with reading(sqlite_engine) as connection:
        (cy,) = subscriptions.of_address(connection, "cy@example.org")
        reasons = suppressions.reasons(connection, ["spam@example.org"])
    assert cy.state is SubscriptionState.UNSUBSCRIBED
    assert reasons == {"spam@example.org": "complaint"}


def test_a_thousand_who_left_are_kept_away(river):
    river.crowd(1500)
    with river.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE subscription SET state = 'unsubscribed'")
    gone = gone_from(river)
    with river.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE subscription SET state = 'confirmed'")
        keep_away(connection, gone, now=NOW)

    assert set(states(river).values()) == {SubscriptionState.UNSUBSCRIBED}
    river.now += timedelta(days=7)
    assert river.turn() == []
