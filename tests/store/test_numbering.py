from datetime import UTC, datetime

from syndicate.audience.changing import find
from syndicate.store import editions, numbering

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def create(connection, occurrence):
    return editions.create(
        connection, list_name="gazette", cadence="daily", occurrence=occurrence, due_at=NOW, at=NOW
    )


def number_of(river, name):
    return find(river.engine, f"{name}@example.org", list_name="gazette").id


def test_numbers_go_on_by_themselves(engine):
    with engine.begin() as connection:
        assert [create(connection, "a"), create(connection, "b")] == [1, 2]
        assert numbering.highest(connection) == {"edition": 2, "subscription": 0}


def test_an_editions_number_that_was_given_is_given_to_none_again(engine):
    with engine.begin() as connection:
        create(connection, "a")
        numbering.go_on_after(connection, {"edition": 7})

        assert [create(connection, "b"), create(connection, "b")] == [8, None]
        assert create(connection, "c") in {9, 10}  # PostgreSQL has given one to the second "b"


def test_a_readers_number_that_was_given_is_given_to_nobody_again(river):
    river.join("ada")
    with river.engine.begin() as connection:
        numbering.go_on_after(connection, {"subscription": 7})
    river.join("ada", "ben", "cy")

    assert number_of(river, "ada") == 1
    assert number_of(river, "cy") > number_of(river, "ben") > 7


def test_many_readers_at_once_are_numbered_beyond_those_that_were_given(river):
    with river.engine.begin() as connection:
        numbering.go_on_after(connection, {"subscription": 1000})
    river.crowd(300)

    with river.engine.begin() as connection:
        assert numbering.highest(connection)["subscription"] == 1300


def test_what_was_given_long_ago_changes_nothing(engine):
    with engine.begin() as connection:
        create(connection, "a")
        create(connection, "b")
        numbering.go_on_after(connection, {"edition": 1})

        assert create(connection, "c") == 3
