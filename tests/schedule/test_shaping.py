from datetime import timedelta

import pytest

from syndicate.errors import EditionError, SettingsError
from syndicate.model.cadence import Cadence, Every
from syndicate.model.shaping import Kind
from syndicate.schedule import shaping
from syndicate.schedule.coming import next_edition
from syndicate.store import editions, shapings
from syndicate.store.engine import reading


@pytest.fixture
def edition(river):
    """Give an edition that collects, of a list with one reader."""
    river.join("ada")
    river.turn()
    return order(river, next_edition, river.list_settings, now=river.now)


@pytest.fixture
def hand(river):
    """Give an editor's word."""
    return shaping.Hand(who="eve", why="in a test", now=river.now)


def order(river, act, *what, **named):
    with river.engine.begin() as connection:
        return act(connection, *what, **named)


def given(river, edition):
    with reading(river.engine) as connection:
        return shapings.of(connection, "gazette", edition.id)


def log(river, edition):
    with reading(river.engine) as connection:
        return [f"{each.who}: {each.why}" for each in editions.moves(connection, edition.id)]


def ids(*posts):
    return [each.id for each in posts]


def test_words_are_kept_with_the_edition_until_they_are_taken_away(river, edition, hand):
    order(river, shaping.give_introduction, edition.id, "\ufeffDear *readers*\r\n", hand=hand)
    order(river, shaping.give_subject, edition.id, "Gazette {number}", hand=hand)
    order(river, shaping.give_preheader, edition.id, "And more", hand=hand)
    words = given(river, edition)
    order(river, shaping.give_introduction, edition.id, "", hand=hand)

    assert (words.introduction, words.subject, words.preheader) == (
        "Dear *readers*",
        "Gazette {number}",
        "And more",
    )
    assert given(river, edition).introduction == ""
    assert given(river, edition).preheader == "And more"


def test_each_change_is_logged_with_a_name_and_a_reason_and_makes_another_revision(river, edition, hand):
    (post,) = river.arrive("one")
    order(river, shaping.give_introduction, edition.id, "Dear readers", hand=hand)
    order(river, shaping.pin, edition.id, ids(post), hand=hand)
    order(river, shaping.drop, edition.id, ids(post), for_good=False, hand=hand)
    changed = order(river, shaping.undo, edition.id, ids(post), kinds=[Kind.DROPPED], hand=hand)

    assert log(river, edition) == [
        "eve: introduction given: in a test",
        f"eve: pinned {post.post.path}: in a test",
        f"eve: dropped: {post.post.path}: in a test",
        f"eve: no longer dropped: {post.post.path}: in a test",
    ]
    assert changed.revision == edition.revision + 4


def test_what_is_pinned_last_leads_and_the_others_follow(river, edition, hand):
    one, two, three = river.arrive("one", "two", "three")
    order(river, shaping.pin, edition.id, ids(one, two), hand=hand)
    order(river, shaping.pin, edition.id, ids(three, two), hand=hand)

    assert given(river, edition).pinned == (three.id, two.id, one.id)


def test_a_post_is_pinned_or_dropped_and_never_both(river, edition, hand):
    (one,) = river.arrive("one")
    order(river, shaping.pin, edition.id, ids(one), hand=hand)
    order(river, shaping.drop, edition.id, ids(one), for_good=False, hand=hand)
    dropped = given(river, edition)
    order(river, shaping.pin, edition.id, ids(one), hand=hand)

    assert (dropped.pinned, dropped.dropped) == ((), {one.id})
    assert (given(river, edition).pinned, given(river, edition).dropped) == ((one.id,), set())


def test_what_was_not_done_cannot_be_undone(river, edition, hand):
    (one,) = river.arrive("one")

    with pytest.raises(EditionError, match=r"edition 1: _posts/00001-one\.md is not pinned in it"):
        order(river, shaping.undo, edition.id, ids(one), kinds=[Kind.PINNED], hand=hand)


def test_an_unknown_word_in_braces_is_refused_at_once(river, edition, hand):
    with pytest.raises(SettingsError, match=r"the subject: \{nr\} is not known; use \{title\}"):
        order(river, shaping.give_subject, edition.id, "No. {nr}", hand=hand)


@pytest.mark.parametrize("text", ["word " * 20_000, "* a\n" * 3_000, "#\n" * 39_000])
def test_an_introduction_that_leaves_no_room_is_refused(river, edition, hand, text):
    with pytest.raises(EditionError, match="shorten it, or make a post of it"):
        order(river, shaping.give_introduction, edition.id, text, hand=hand)

    assert given(river, edition).introduction == ""


def test_a_preheader_longer_than_an_inbox_shows_is_refused(river, edition, hand):
    with pytest.raises(EditionError, match="141 letters"):
        order(river, shaping.give_preheader, edition.id, "x" * 141, hand=hand)


def test_what_a_frozen_edition_says_is_fixed(river, edition, hand):
    (one,) = river.arrive("one")
    river.now += timedelta(days=7)
    river.tick()
    river.freeze()

    with pytest.raises(
        EditionError, match='it is "scheduled", and what it says is fixed; `syndicate edition'
    ):
        order(river, shaping.drop, edition.id, ids(one), for_good=False, hand=hand)


def test_a_reason_has_to_be_given(river, edition, hand):
    with pytest.raises(EditionError, match="--why"):
        order(
            river,
            shaping.give_introduction,
            edition.id,
            "x",
            hand=shaping.Hand(who="eve", why=" ", now=river.now),
        )


def test_what_is_dropped_for_good_is_brought_back_from_any_edition_of_the_list(river, edition, hand):
    (one,) = river.arrive("one")
    order(river, shaping.drop, edition.id, ids(one), for_good=True, hand=hand)
    river.configure(cadences=(*river.list_settings.cadences, Cadence(every=Every.DAILY)))
    daily = order(river, next_edition, river.list_settings, cadence="daily", now=river.now)
    barred = given(river, daily).barred
    with pytest.raises(EditionError, match=r"dropped for good from edition 1 by eve; bring it back"):
        order(river, shaping.pin, daily.id, ids(one), hand=hand)

    order(river, shaping.undo, daily.id, ids(one), kinds=[Kind.DROPPED, Kind.BARRED], hand=hand)

    assert barred == {one.id}
    assert given(river, edition).barred == set()


def test_what_is_dropped_for_good_stays_so_once_an_edition_went_by_without_it(river, edition, hand):
    one, _ = river.arrive("one", "two")
    order(river, shaping.drop, edition.id, ids(one), for_good=True, hand=hand)
    river.now += timedelta(days=7)
    river.turn()
    following = order(river, next_edition, river.list_settings, now=river.now)

    with pytest.raises(EditionError, match="and edition 1 went by without it; link to it in an introduction"):
        order(river, shaping.undo, following.id, ids(one), kinds=[Kind.BARRED], hand=hand)


@pytest.mark.parametrize("line", ["{first title}", "{title.words}", "{First_title}"])
def test_a_word_in_braces_that_nothing_fills_in_is_refused(river, edition, hand, line):
    with pytest.raises(SettingsError, match="is not known; use"):
        order(river, shaping.give_subject, edition.id, line, hand=hand)
