from datetime import timedelta

import pytest

from syndicate.errors import EditionError
from syndicate.model.cadence import Cadence, Every
from syndicate.reports.editions import account, listing, story
from syndicate.store import suppressions


@pytest.fixture
def sent(river):
    river.configure(
        start_with=2, cadences=(Cadence(every=Every.WEEKLY, on="mon"), Cadence(every=Every.DAILY))
    )
    river.arrive("one", "two", baseline=True)
    river.join("ada", "ben")
    with river.engine.begin() as connection:
        suppressions.add(connection, "ben@example.org", reason="complained", created_at=river.now)
    (edition,) = river.turn()
    return edition


def test_the_list_of_editions_says_whom_they_reached(river, sent):
    (line,) = listing(river.engine)

    assert (line.edition.subject, line.whom) == ("two, one", "1 accepted, 1 suppressed")


def test_an_account_has_the_posts_the_moves_and_the_exceptions(river, sent):
    found = account(river.engine, sent.id)

    assert [[each.post.title for each in part.posts] for part in found.parts] == [["two", "one"]]
    assert [part.readers for part in found.parts] == [2]
    assert [(str(each.new), each.who) for each in found.moves] == [
        ("freezing", "dispatch"),
        ("frozen", "dispatch"),
        ("scheduled", "clock"),
        ("sending", "clock"),
        ("sent", "dispatch"),
    ]
    assert [(each.address, str(each.state), each.reply) for each in found.exceptions] == [
        ("ben@example.org", "suppressed", "complained")
    ]


def test_a_reader_s_story_is_one_sentence(river, sent):
    river.join("eve")
    river.now += timedelta(minutes=1)
    river.join("fay", cadence="daily")

    told = {
        name: story(river.engine, sent.id, f"{name}@example.org").words
        for name in ("ada", "ben", "gus", "fay")
    }

    assert told == {
        "ada": "accepted: gazette/1/000001-ada@example.org.eml",
        "ben": "not sent: no list may mail this address (complained)",
        "gus": 'is not on the list "gazette"',
        "fay": "got nothing: joined the list after this edition was put together",
    }


def test_a_story_names_the_posts_of_the_message(river, sent):
    told = story(river.engine, sent.id, "ADA@example.org")

    assert [each.post.title for each in told.posts] == ["two", "one"]


def test_readers_of_another_cadence_are_told_so(river, sent):
    river.join("fay", cadence="daily")
    river.arrive("three")
    river.now += timedelta(days=7)
    weekly = river.turn()[0]

    assert story(river.engine, weekly.id, "fay@example.org").words in {
        "got nothing: follows the daily editions, and it is weekly",
        "accepted: gazette/2/000003-fay@example.org.eml",
    }


def test_there_is_no_edition_of_that_number(river):
    with pytest.raises(EditionError, match="edition 7"):
        account(river.engine, 7)
