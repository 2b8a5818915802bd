import pytest

from syndicate.store import lists, subscriptions
from syndicate.store.engine import reading


def cursors(river):
    with reading(river.engine) as connection:
        return [each.cursor for each in subscriptions.on(connection)]


@pytest.mark.parametrize(("start_with", "cursor"), [(0, 4), (1, 3), (3, 1), (4, 0), (9, 0)])
def test_exactly_the_newest_few_are_owed(river, start_with, cursor):
    river.configure(start_with=start_with)
    river.arrive("one", "two", "three", "four", baseline=True)
    river.join("ada")

    river.start()

    assert cursors(river) == [cursor]
    assert river.editions() == [("start", "collecting")] * bool(start_with)


def test_posts_the_list_does_not_carry_are_not_counted(river):
    river.configure(start_with=2, collections=("news",))
    river.arrive("one", "two", baseline=True, collection="news")
    river.arrive("three", "four", baseline=True, collection="letters")
    river.arrive("five", baseline=True, collection="news")
    river.join("ada")

    river.turn()

    assert river.mail() == {"ada": ["five, two"]}


def test_a_list_that_carries_nothing_yet_begins_at_the_end(river):
    river.configure(start_with=2, collections=("news",))
    river.arrive("one", baseline=True)
    river.join("ada")

    river.turn()

    assert cursors(river) == [1]
    assert river.editions() == [("start", "skipped")]


def test_a_list_starts_once(river):
    river.arrive("one", baseline=True)
    river.start()
    river.arrive("two")
    river.start()

    with reading(river.engine) as connection:
        assert lists.start_arrival(connection, "gazette") == 1


def test_a_first_edition_without_readers_is_skipped_and_sends_nothing(river):
    river.configure(start_with=2)
    river.arrive("one", baseline=True)

    river.turn()

    assert river.editions() == [("start", "skipped")]
    assert river.mail() == {}
