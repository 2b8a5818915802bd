from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.model.cadence import Cadence, Every
from syndicate.model.post import PostState
from syndicate.reports.plan import plan
from syndicate.schedule.coming import next_edition
from syndicate.schedule.shaping import Hand, drop, pin
from syndicate.store import posts


def planned(river, *, days=21):
    sends = plan(river.engine, river.settings, until=river.now + timedelta(days=days), now=river.now)
    return [
        (each.occurrence, [shown.post.title for shown in each.posts], each.readers, each.audience)
        for each in sends
    ]


def test_the_next_send_brings_what_is_owed_now_and_the_later_ones_whatever_comes(river):
    river.join("ada", "ben")
    river.turn()
    river.arrive("one", "two")

    assert planned(river) == [
        ("2026-11-30T07:00", ["two", "one"], 2, 2),
        ("2026-12-07T07:00", [], 0, 2),
        ("2026-12-14T07:00", [], 0, 2),
    ]


def test_only_readers_who_are_owed_something_are_counted(river):
    river.join("ada")
    river.turn()
    river.arrive("one")
    river.join("ben")

    assert planned(river, days=7) == [("2026-11-30T07:00", ["one"], 1, 2)]


def test_an_edition_that_was_missed_still_waits_in_the_plan(river):
    river.join("ada")
    river.turn()
    river.arrive("one")
    river.now += timedelta(days=8)
    river.turn()

    assert planned(river, days=7) == [
        ("2026-11-30T07:00", ["one"], 1, 1),
        ("2026-12-07T07:00", [], 0, 1),
    ]


def test_after_a_standstill_the_plan_begins_with_the_one_send_that_is_made(river):
    river.join("ada")
    river.turn()
    river.arrive("one")
    river.now += timedelta(days=24)
    shown = planned(river, days=7)

    river.tick()

    assert shown == [("2026-12-14T07:00", ["one"], 1, 1), ("2026-12-21T07:00", [], 0, 1)]
    assert river.editions() == [("2026-12-14T07:00", "collecting")]


def test_a_frozen_edition_shows_what_was_fixed(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.join("ada")
    river.start()
    river.tick()
    river.freeze()
    river.arrive("two")

    assert planned(river, days=7) == [
        ("start", ["one"], 1, 1),
        ("2026-11-30T07:00", ["two"], 1, 1),
    ]


def test_a_list_that_has_not_started_shows_its_calendar_alone(river):
    river.arrive("one", baseline=True)
    river.join("ada")

    assert planned(river, days=7) == [("2026-11-30T07:00", [], 0, 1)]


@pytest.mark.parametrize(("days", "count"), [(0, 0), (7, 1)])
def test_a_post_that_settles_is_a_send_to_come_for_readers_of_each(river, days, count):
    river.configure(cadences=(Cadence(every=Every.EACH),))
    river.join("ada")
    river.turn()
    (one,) = river.arrive("one")
    with river.engine.begin() as connection:
        posts.replace(connection, [replace(one, state=PostState.SETTLING, arrival=None)])

    assert planned(river, days=days) == [(str(one.id), ["one"], 1, 1)] * count


def test_the_wall_clock_is_the_list_s_own(river):
    river.configure(zone="Asia/Kathmandu")
    river.turn()

    (send,) = plan(river.engine, river.settings, until=river.now + timedelta(days=7), now=river.now)

    assert send.at == datetime(2026, 11, 30, 1, 15, tzinfo=UTC)
    assert f"{send.wall:%a %H:%M} {send.zone}" == "Mon 07:00 Asia/Kathmandu"


def test_an_edition_that_became_real_early_stands_in_the_plan_once(river):
    river.join("ada")
    river.turn()
    river.arrive("one", "two")
    with river.engine.begin() as connection:
        next_edition(connection, river.list_settings, now=river.now)

    assert planned(river) == [
        ("2026-11-30T07:00", ["two", "one"], 1, 1),
        ("2026-12-07T07:00", [], 0, 1),
        ("2026-12-14T07:00", [], 0, 1),
    ]


def test_what_is_pinned_leads_and_what_is_dropped_stands_in_the_next_send(river):
    river.join("ada")
    river.turn()
    one, two, three = river.arrive("one", "two", "three")
    hand = Hand(who="eve", why="in a test", now=river.now)
    with river.engine.begin() as connection:
        edition = next_edition(connection, river.list_settings, now=river.now)
        pin(connection, edition.id, [one.id], hand=hand)
        drop(connection, edition.id, [two.id], for_good=False, hand=hand)

    assert planned(river)[:2] == [
        ("2026-11-30T07:00", ["one", "three"], 1, 1),
        ("2026-12-07T07:00", ["two"], 1, 1),
    ]
    sends = plan(river.engine, river.settings, until=river.now + timedelta(days=7), now=river.now)
    assert (sends[0].shaping.pinned, sends[0].dropped) == ((one.id,), (two,))
    with river.engine.begin() as connection:
        drop(connection, edition.id, [three.id], for_good=True, hand=hand)
    assert [shown for _, shown, _, _ in planned(river)] == [["one"], ["two"], []]
