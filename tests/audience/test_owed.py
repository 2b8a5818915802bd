from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.audience.owed import Owed, Standing


def standing(cursor, *, again=(), topics=None):
    return Standing(subscription_id=1, cursor=cursor, again=frozenset(again), topics=topics)


def titles(owed, reader):
    return [owed.posts[each].post.title for each in owed.by(reader)]


@pytest.fixture
def posts(river):
    return river.arrive("one", "two", "three", "four")


def test_a_reader_is_owed_what_arrived_after_their_cursor_newest_first(posts):
    owed = Owed.of(posts, through=4)

    assert titles(owed, standing(2)) == ["four", "three"]
    assert titles(owed, standing(4)) == []


def test_what_arrived_after_the_cut_off_waits(posts):
    assert titles(Owed.of(posts, through=3), standing(1)) == ["three", "two"]


def test_what_was_taken_back_is_owed_again_with_the_rest(posts):
    owed = Owed.of(posts, through=4)

    assert titles(owed, standing(3, again=[posts[0].id])) == ["four", "one"]


def test_what_was_taken_back_and_has_left_the_list_is_not(posts):
    assert titles(Owed.of(posts[1:], through=4), standing(4, again=[posts[0].id])) == []


def test_topics_choose_among_both(river):
    fish = river.arrive("one", "two", tags=("fish",))
    news = river.arrive("three")
    owed = Owed.of([*fish, *news], through=3)

    assert titles(owed, standing(1, again=[fish[0].id], topics=("fish",))) == ["two", "one"]


def test_posts_of_one_instant_are_in_the_order_of_their_paths(river):
    same = river.arrive("b", "a", published=river.now - timedelta(days=3))

    assert titles(Owed.of(same, through=2), standing(0)) == ["b", "a"]


@given(st.lists(st.integers(0, 5), max_size=8), st.integers(0, 5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_editions_in_a_row_give_each_post_once_and_leave_none_out(posts, cut_offs, start):
    given_ids = []
    cursor = start
    for through in sorted(cut_offs):
        given_ids += Owed.of(posts, through=through).by(standing(cursor))
        cursor = max(cursor, through)

    last = max([start, *cut_offs])
    assert sorted(given_ids) == [each.id for each in posts if start < each.arrival <= last]
