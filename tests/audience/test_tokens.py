import re

from hypothesis import given
from hypothesis import strategies as st

from syndicate.audience.tokens import UNSUBSCRIBE, subscription_of, token

SECRET = b"s" * 32
ids = st.integers(1, 2**48 - 1)


@given(ids)
def test_a_token_names_its_subscription_and_fits_in_a_link(subscription_id):
    made = token(SECRET, UNSUBSCRIBE, subscription_id)

    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", made)
    assert subscription_of(SECRET, UNSUBSCRIBE, made) == subscription_id


@given(ids, st.integers(0, 21), st.sampled_from("ABCxyz019_-"))
def test_a_token_that_was_changed_names_nobody(subscription_id, at, letter):
    made = token(SECRET, UNSUBSCRIBE, subscription_id)
    changed = made[:at] + letter + made[at + 1 :]

    assert changed == made or subscription_of(SECRET, UNSUBSCRIBE, changed) is None


@given(ids)
def test_a_token_is_good_for_one_purpose_and_one_store(subscription_id):
    made = token(SECRET, UNSUBSCRIBE, subscription_id)

    assert subscription_of(SECRET, "confirm", made) is None
    assert subscription_of(b"t" * 32, UNSUBSCRIBE, made) is None


@given(st.text(max_size=40))
def test_anything_else_names_nobody(given_text):
    assert subscription_of(SECRET, UNSUBSCRIBE, given_text) is None


def test_neighbours_look_nothing_alike():
    first, second = (token(SECRET, UNSUBSCRIBE, number) for number in (1, 2))

    assert sum(a == b for a, b in zip(first, second, strict=True)) < 8
