from datetime import timedelta

import pytest

from syndicate.dispatch.dropping import drop_all
from syndicate.dispatch.freezing import freeze
from syndicate.dispatch.withdrawing import cancel, skip
from syndicate.model.cadence import Cadence, Every
from syndicate.schedule import shaping
from syndicate.schedule.coming import next_edition
from syndicate.store import carrying, editions, subscriptions
from syndicate.store.engine import reading

WEEK = timedelta(days=7)


@pytest.fixture
def started(river):
    """Give a weekly list with two readers."""
    river.join("ada", "ben")
    river.turn()
    return river


def coming(river, **named):
    with river.engine.begin() as connection:
        return next_edition(connection, river.list_settings, now=river.now, **named)


def hand(river):
    return shaping.Hand(who="eve", why="in a test", now=river.now)


def drop(river, edition, *posts, for_good=False):
    ids = [each.id for each in posts]
    with river.engine.begin() as connection:
        return shaping.drop(connection, edition.id, ids, for_good=for_good, hand=hand(river))


def order(river):
    return {"who": "eve", "why": "in a test", "now": river.now}


def a_week_later(river):
    river.now += WEEK
    river.turn()


def carried(river):
    with reading(river.engine) as connection:
        return carrying.owed(connection, after=0, through=999)


def test_a_dropped_post_goes_with_the_next_edition_and_is_given_once(started):
    one, _ = started.arrive("one", "two")
    drop(started, coming(started), one)
    a_week_later(started)
    first = started.mail()
    a_week_later(started)
    started.arrive("three")
    a_week_later(started)

    assert first == {"ada": ["two"], "ben": ["two"]}
    assert started.mail() == {name: ["two", "one", "three"] for name in ("ada", "ben")}
    assert carried(started) == {}


def test_it_can_be_dropped_again_and_again(started):
    (one,) = started.arrive("one")
    for number in range(3):
        started.arrive(f"other{number}")
        drop(started, coming(started), one)
        a_week_later(started)
    a_week_later(started)

    assert started.mail()["ada"] == ["other0", "other1", "other2", "one"]


def test_an_edition_of_which_all_is_dropped_is_skipped_and_the_next_one_brings_it(started):
    (one,) = started.arrive("one")
    drop(started, coming(started), one)
    a_week_later(started)
    a_week_later(started)

    assert [state for _, state in started.editions()] == ["skipped", "sent"]
    assert started.mail() == {"ada": ["one"], "ben": ["one"]}


def test_it_is_owed_only_to_whom_it_was_dropped_for(started):
    one, _ = started.arrive("one", "two", tags=("fish",))
    with started.engine.begin() as connection:
        subscriptions.set_topics(connection, 2, ("news",), at=started.now)
    drop(started, coming(started), one)
    started.join("cleo")  # after it arrived
    a_week_later(started)
    started.arrive("three")
    a_week_later(started)

    assert started.mail() == {"ada": ["two", "three, one"], "cleo": ["three"]}


def test_a_post_that_is_dropped_for_good_is_given_by_no_edition_of_the_list(started):
    started.configure(cadences=(*started.list_settings.cadences, Cadence(every=Every.DAILY)))
    started.join("cleo", cadence="daily")
    started.turn()
    one, _ = started.arrive("one", "two")
    drop(started, coming(started, cadence="weekly"), one, for_good=True)
    for days in (1, 6, 1, 6):
        started.now += timedelta(days=days)
        started.turn()

    assert started.mail() == {"ada": ["two"], "ben": ["two"], "cleo": ["two"]}


def test_pins_lead_and_the_rest_is_in_the_order_of_the_list(started):
    one, two, *_ = started.arrive("one", "two", "three", "four")
    edition = coming(started)
    with started.engine.begin() as connection:
        shaping.pin(connection, edition.id, [two.id, one.id], hand=hand(started))
    a_week_later(started)

    assert started.mail()["ada"] == ["two, one, four, three"]


@pytest.mark.parametrize(
    ("order", "titles"),
    [("newest", "four, two, one"), ("oldest", "one, two, four"), ("arrival", "two, one, four")],
)
def test_a_list_has_the_order_it_asks_for(started, order, titles):
    started.configure(order=order)
    started.arrive("two", published=started.now - timedelta(hours=2))
    started.arrive("one", published=started.now - timedelta(hours=3))
    started.arrive("four", published=started.now)
    a_week_later(started)

    assert started.mail()["ada"] == [titles]


def test_a_cancelled_edition_leaves_what_was_dropped_from_it_owed(started):
    one, _ = started.arrive("one", "two")
    edition = drop(started, coming(started), one)
    started.now += WEEK
    started.tick()
    started.freeze()
    cancel(started.engine, edition.id, **order(started))
    a_week_later(started)

    assert started.mail()["ada"] == ["two, one"]


def test_an_edition_skipped_for_good_leaves_what_was_dropped_from_it_owed(started):
    one, _ = started.arrive("one", "two")
    edition = drop(started, coming(started), one)
    skip(started.engine, edition.id, list_settings=started.list_settings, drop=True, **order(started))
    a_week_later(started)
    a_week_later(started)

    assert started.mail()["ada"] == ["one"]


def test_what_counts_as_sent_after_a_restore_is_carried_no_longer(started):
    one, _ = started.arrive("one", "two")
    drop(started, coming(started), one)
    a_week_later(started)
    drop_all(started.engine, started.settings, **order(started))
    a_week_later(started)

    assert started.mail()["ada"] == ["two"]


def test_who_left_and_came_back_is_not_owed_what_was_dropped_before(started):
    from syndicate.audience import changing

    one, _ = started.arrive("one", "two")
    drop(started, coming(started), one)
    a_week_later(started)
    started.now += timedelta(minutes=5)
    changing.remove(started.engine, 1, who="ada", now=started.now)
    started.now += timedelta(minutes=5)
    changing.come_back(started.engine, 1, consent="in a test", who="ada", now=started.now)
    a_week_later(started)

    assert started.mail() == {"ada": ["two"], "ben": ["two", "one"]}


def test_what_an_editor_changes_during_a_freeze_is_in_what_is_frozen(started):
    one, _ = started.arrive("one", "two")
    edition = coming(started)
    started.now += WEEK
    seen = []

    def render(shown, of):
        if not seen:
            drop(started, edition, one)
        seen.append([each.post.title for each in shown])
        return started.render(shown, of)

    frozen = freeze(started.engine, edition, settings=started.settings, render=render, now=started.now)
    started.send()

    assert str(frozen.state) == "scheduled"
    assert seen == [["two", "one"], ["two"]]
    assert started.mail() == {"ada": ["two"], "ben": ["two"]}


def test_a_freeze_that_dies_carries_over_for_everybody_once_it_goes_on(started):
    class CrashError(BaseException):
        """The process ends here."""

    def crash(_done, _all):
        raise CrashError

    started.crowd(300)
    one, _ = started.arrive("one", "two")
    edition = drop(started, coming(started), one)
    started.now += WEEK
    arguments = {"settings": started.settings, "render": started.render, "now": started.now}
    with pytest.raises(CrashError):
        freeze(started.engine, edition, progress=crash, **arguments)
    half = len(carried(started))
    with reading(started.engine) as connection:
        edition = editions.get(connection, edition.id)

    freeze(started.engine, edition, **arguments)

    assert half == 250
    everybody = carried(started)
    assert set(everybody.values()) == {frozenset({one.id})}
    assert len(everybody) == 302
