from datetime import timedelta

import pytest

from syndicate.audience.changing import (
    choose_cadence,
    choose_topics,
    come_back,
    find,
    history,
    pause,
    remove,
    resume,
)
from syndicate.audience.subscribing import add
from syndicate.errors import AudienceError
from syndicate.model.cadence import Cadence, Every
from syndicate.model.subscriber import SubscriptionState
from syndicate.store import suppressions


@pytest.fixture
def started(river):
    daily = Cadence(every=Every.DAILY)
    river.configure(cadences=(*river.list_settings.cadences, daily))
    river.start()
    river.tick()
    river.join("ada", "bob")
    return river


def ada(river):
    return find(river.engine, "ada@example.org", list_name="gazette").id


def week(river, *titles, **facts):
    """Let posts arrive, and the next Monday go by."""
    river.arrive(*titles, **facts)
    river.now = (river.now + timedelta(days=7)).replace(hour=12)
    river.turn()


def test_who_paused_gets_everything_on_return_once(started):
    week(started, "one")
    pause(started.engine, ada(started), who="eve", now=started.now)
    week(started, "two")
    week(started, "three")
    resume(started.engine, ada(started), who="eve", now=started.now)
    week(started, "four")
    week(started, "five")

    assert started.mail()["ada"] == ["one", "four, three, two", "five"]
    assert started.mail()["bob"] == ["one", "two", "three", "four", "five"]


def test_a_frozen_message_of_who_paused_meanwhile_is_owed_again(started):
    started.arrive("one")
    started.now = (started.now + timedelta(days=7)).replace(hour=12)
    started.tick()
    started.freeze()
    pause(started.engine, ada(started), who="eve", now=started.now)
    started.send()
    resume(started.engine, ada(started), who="eve", now=started.now)
    week(started, "two")

    assert started.mail() == {"ada": ["two, one"], "bob": ["one", "two"]}


def test_pausing_twice_is_no_error(started):
    pause(started.engine, ada(started), who="eve", now=started.now)

    assert pause(started.engine, ada(started), who="eve", now=started.now).state is SubscriptionState.PAUSED


def test_who_left_neither_pauses_nor_resumes(started):
    remove(started.engine, ada(started), who="eve", now=started.now)

    for change in (pause, resume):
        with pytest.raises(AudienceError, match='is "unsubscribed" on "gazette"'):
            change(started.engine, ada(started), who="eve", now=started.now)


def test_who_comes_back_begins_with_what_comes_next(started):
    week(started, "one")
    remove(started.engine, ada(started), who="eve", now=started.now)
    week(started, "two")
    back = come_back(started.engine, ada(started), consent="asked by letter", who="eve", now=started.now)
    week(started, "three")

    assert started.mail()["ada"] == ["one", "three"]
    assert (back.consent, back.confirmed_at) == ("asked by letter", started.now - timedelta(days=7))


def test_who_is_suppressed_does_not_come_back(started):
    remove(started.engine, ada(started), who="eve", now=started.now)
    with started.engine.begin() as connection:
        suppressions.add(connection, "ada@example.org", reason="complaint", created_at=started.now)

    with pytest.raises(AudienceError, match=r"no list may mail this address \(complaint\)"):
        come_back(started.engine, ada(started), consent="asked", who="eve", now=started.now)


def test_who_never_left_can_not_come_back(started):
    with pytest.raises(AudienceError, match='is "confirmed" on "gazette", not "unsubscribed"'):
        come_back(started.engine, ada(started), consent="asked", who="eve", now=started.now)


def test_another_cadence_neither_loses_nor_repeats(started):
    week(started, "one")
    given = {"list_settings": started.list_settings, "who": "eve", "now": started.now}
    choose_cadence(started.engine, ada(started), "daily", **given)
    started.arrive("two")
    started.now += timedelta(days=1)
    started.turn()
    started.arrive("three")
    choose_cadence(started.engine, ada(started), None, **given)
    started.now += timedelta(days=6)  # Monday again
    started.turn()

    assert started.mail()["ada"] == ["one", "two", "three"]


def test_a_cadence_the_list_has_not_is_refused(started):
    with pytest.raises(AudienceError, match='doesn\'t go out "monthly"'):
        choose_cadence(
            started.engine,
            ada(started),
            "monthly",
            list_settings=started.list_settings,
            who="eve",
            now=started.now,
        )


def test_topics_count_for_what_is_not_served_yet(started):
    chosen = choose_topics(started.engine, ada(started), [" harbour ", "harbour"], who="eve", now=started.now)
    week(started, "fog", tags=("Harbour",))
    week(started, "goal", tags=("sport",))
    choose_topics(started.engine, ada(started), [], who="eve", now=started.now)
    week(started, "soup", tags=("table",))

    assert chosen.topics == ("harbour",)
    assert started.mail()["ada"] == ["fog", "soup"]


def test_who_is_not_on_the_list_is_not_found(started):
    with pytest.raises(AudienceError, match=r'eve@example\.org: is not on "gazette"'):
        find(started.engine, "eve@example.org", list_name="gazette")


def test_who_was_taken_off_stays_off(started):
    remove(started.engine, ada(started), who="eve", now=started.now)
    week(started, "one")

    assert "ada" not in started.mail()
    with pytest.raises(AudienceError, match="only the reader can come back"):
        add(
            started.engine,
            "ada@example.org",
            list_settings=started.list_settings,
            consent="a list we bought",
            who="eve",
            now=started.now,
        )


def test_who_did_what_is_logged_and_what_changed_nothing_is_not(started):
    changed = {"who": "eve", "now": started.now}
    pause(started.engine, ada(started), **changed)
    pause(started.engine, ada(started), **changed)
    resume(started.engine, ada(started), **changed)
    choose_cadence(started.engine, ada(started), "daily", list_settings=started.list_settings, **changed)
    choose_topics(started.engine, ada(started), ["fish", "news"], **changed)
    choose_topics(started.engine, ada(started), ["fish", "news"], **changed)
    remove(started.engine, ada(started), **changed)
    remove(started.engine, ada(started), **changed)
    come_back(started.engine, ada(started), consent="asked by letter", **changed)

    ((_, log),) = history(started.engine, "ADA@example.org")
    assert [each.what for each in log] == [
        "added: in a test",
        "paused",
        "resumed",
        "cadence daily",
        "topics fish, news",
        "unsubscribed",
        "came back: asked by letter",
    ]
    assert {(each.who, each.at) for each in log} == {("eve", started.now)}


def test_a_change_that_is_refused_is_not_logged(started):
    with pytest.raises(AudienceError):
        choose_cadence(
            started.engine,
            ada(started),
            "monthly",
            list_settings=started.list_settings,
            who="eve",
            now=started.now,
        )
    ((_, log),) = history(started.engine, "ada@example.org")

    assert [each.what for each in log] == ["added: in a test"]


def test_who_is_on_no_list_has_no_history(started):
    with pytest.raises(AudienceError, match="is on no list"):
        history(started.engine, "eve@example.org")
