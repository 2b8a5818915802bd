import re
from datetime import timedelta

import pytest

from syndicate.dispatch.withdrawing import skip
from syndicate.model.cadence import Cadence, Every
from syndicate.posts.explaining import Asking
from syndicate.reports.plan import plan
from syndicate.reports.why import why
from syndicate.schedule.coming import next_edition
from syndicate.schedule.shaping import Hand, drop
from syndicate.store import subscriptions


@pytest.fixture
def told(river):
    """Give a function that says what the list has to say of a post."""

    def told(post):
        upcoming = plan(river.engine, river.settings, until=river.now + timedelta(days=35), now=river.now)
        source = None  # is asked only about files that nothing is known of
        asking = Asking(source=source, settings=river.settings.posts, now=river.now)
        found = why(river.engine, river.settings, asking, path=post.post.path, upcoming=upcoming)
        return found.answers[-1].text

    return told


def choose(river, *topics):
    with river.engine.begin() as connection:
        subscriptions.set_topics(connection, 1, topics, at=river.now)


def test_before_a_list_has_started_it_owes_nothing_yet(river, told):
    (one,) = river.arrive("one", baseline=True)

    assert told(one) == "not yet: the list hasn't started"


def test_what_was_there_before_the_list_started_is_owed_to_nobody(river, told):
    (one,) = river.arrive("one")
    river.turn()

    assert told(one) == "owed to nobody: it was there before the list started"


def test_a_list_without_readers_owes_nobody(river, told):
    river.turn()
    (one,) = river.arrive("one")

    assert told(one) == "owed to nobody: the list has no confirmed reader"


def test_who_joined_after_it_arrived_is_not_owed_it(river, told):
    river.turn()
    (one,) = river.arrive("one")
    river.join("ada")

    assert told(one).startswith("owed to nobody: every reader joined after it arrived, or")


def test_topics_that_leave_it_out_are_the_reason(river, told):
    river.join("ada")
    river.turn()
    choose(river, "boats")
    (one,) = river.arrive("one")

    assert told(one) == "owed to nobody: no reader who joined before it arrived chose its topics"


def test_a_missed_edition_is_what_it_waits_for_and_a_dropped_one_why_it_is_owed_no_more(river, told):
    river.join("ada")
    river.turn()
    (one,) = river.arrive("one")
    river.now += timedelta(days=8)
    (missed,) = river.turn()
    waits = told(one)

    words = {"who": "ana", "why": "old news", "now": river.now}
    skip(river.engine, missed.id, list_settings=river.list_settings, drop=True, **words)

    assert waits == f"waits: edition {missed.id} was missed; send, schedule or skip it"
    assert told(one) == f"owed to nobody: edition {missed.id} was skipped, and its posts were dropped"


def test_what_readers_of_each_are_owed_goes_with_the_next_pass(river, told):
    river.configure(cadences=(Cadence(every=Every.EACH),))
    river.join("ada")
    river.turn()
    (one,) = river.arrive("one")

    assert told(one) == "owed to 1 reader: it goes with their next edition"


def test_a_post_that_left_before_it_was_mailed_never_is(river, told):
    river.join("ada")
    river.turn()
    (one,) = river.arrive("one")
    river.leave(one)

    assert told(one) == "never mailed: it left the site"


def test_a_dropped_post_is_told_with_a_name_a_reason_and_what_comes_of_it(river, told):
    river.join("ada")
    river.turn()
    one, two = river.arrive("one", "two")
    river.arrive("three")
    hand = Hand(who="eve", why="not ripe", now=river.now)
    with river.engine.begin() as connection:
        edition = next_edition(connection, river.list_settings, now=river.now)
        drop(connection, edition.id, [one.id], for_good=False, hand=hand)
        drop(connection, edition.id, [two.id], for_good=True, hand=hand)
    before = told(one)
    for _ in range(2):
        river.now += timedelta(days=7)
        river.turn()

    assert before == (
        "dropped from edition 1 by eve: not ripe; "
        "goes out Mon 07 Dec 2026 07:00 Europe/Lisbon to 1 reader (weekly)"
    )
    # PostgreSQL passes over a number where an edition was there already.
    assert re.fullmatch(r"dropped from edition 1 by eve: not ripe; sent in edition \d to 1", told(one))
    assert told(two) == "dropped for good from edition 1 by eve: not ripe"
