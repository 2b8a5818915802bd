from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.dispatch.claims import DOUBTFUL, RESENDS, Terms, settlement
from syndicate.dispatch.retrying import retry_at
from syndicate.model.delivery import Outcome, Reply
from syndicate.model.subscriber import SubscriptionState
from syndicate.store.deliveries import Claimable

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)


def settled(outcome, *, attempts=0, resend=False, doubtful=False, expires_at=LATER, now=NOW):  # noqa: PLR0913 - what may differ
    claimed = Claimable(
        id=7,
        variant_id=1,
        subscription_id=1,
        message_id="<7@example.org>",
        attempts=attempts,
        envelope="ada@example.org",
        subscription_state=SubscriptionState.CONFIRMED,
        suppressed=None,
        doubtful=doubtful,
    )
    reply = Reply(outcome=outcome, text="words")
    return settlement(claimed, reply, terms=Terms(resend=resend, expires_at=expires_at), now=now)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ACCEPTED, "accepted"),
        (Outcome.DEFERRED, "deferred"),
        (Outcome.REJECTED, "rejected"),
        (Outcome.UNCERTAIN, "uncertain"),
        (Outcome.RETURNED, "pending"),
    ],
)
def test_each_outcome_has_its_state(outcome, state):
    found = settled(outcome)

    assert (str(found.state), found.reply) == (state, "words")
    assert found.counted is (outcome is not Outcome.RETURNED)


def test_a_doubt_is_sent_again_where_that_is_wanted_and_not_for_ever():
    states = [str(settled(Outcome.UNCERTAIN, attempts=n, resend=True).state) for n in range(RESENDS)]

    assert states == ["deferred", "deferred", "uncertain"]


@pytest.mark.parametrize("resend", [True, False])
def test_what_may_have_arrived_is_in_doubt_also_where_another_try_is_refused(resend):
    found = settled(Outcome.REJECTED, resend=resend, doubtful=True)

    assert str(found.state) == "uncertain"
    assert found.reply == f"{DOUBTFUL}: words"


def test_a_doubt_stays_one_when_the_edition_expires():
    assert str(settled(Outcome.UNCERTAIN, resend=True, now=LATER).state) == "uncertain"


def test_who_was_put_off_is_tried_a_last_time_at_the_moment_of_expiry():
    close = NOW + timedelta(seconds=30)

    first = settled(Outcome.DEFERRED, expires_at=close)
    last = settled(Outcome.DEFERRED, expires_at=close, attempts=1, now=close)

    assert (str(first.state), first.not_before) == ("deferred", close)
    assert str(last.state) == "expired"


@given(st.integers(1, 10**9), st.integers(1, 60))
def test_waits_double_up_to_four_hours_and_are_always_the_same(delivery_id, attempts):
    wait = retry_at(delivery_id, attempts, now=NOW) - NOW

    assert timedelta(minutes=1) <= wait <= timedelta(minutes=5) * 2 ** min(attempts - 1, 6)
    assert wait <= timedelta(hours=4)
    assert wait == retry_at(delivery_id, attempts, now=NOW) - NOW


def test_neighbours_are_spread_over_the_whole_wait():
    waits = sorted(retry_at(n, 1, now=NOW) - NOW for n in range(1000))

    assert waits[100] < timedelta(minutes=1, seconds=40)
    assert waits[900] > timedelta(minutes=4, seconds=20)
