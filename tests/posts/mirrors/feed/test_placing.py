from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.mirrors.feed.document import Entry
from syndicate.posts.mirrors.feed.placing import is_edited, place, taken_back


def entry(number: int, **facts: object) -> Entry:
    made = Entry(
        id=f"tag:{number}",
        link=f"http://a.example/{number}/",
        title=f"Entry {number}",
        published=datetime(2026, 1, number, tzinfo=UTC),
    )
    return replace(made, **facts)


KEPT = place([entry(1), entry(2), entry(3)], {})
NAMES = {kept.title: name for name, kept in KEPT.items()}


def test_a_file_is_called_by_date_and_title_and_is_like_no_other():
    names = list(place([entry(1), entry(1, id="tag:x"), entry(2, title="Où est le Bac? 渡輪 …/../")], {}))

    assert names[0].startswith("2026-01-01-entry-1-")
    assert names[0] != names[1]
    assert names[2].startswith("2026-01-02-ou-est-le-bac-渡輪-")


def test_an_entry_keeps_its_file_whatever_else_changes():
    changed = entry(1, title="New", link="https://b.example/", published=None)

    assert place([changed], KEPT) == {NAMES["Entry 1"]: changed}


@pytest.mark.parametrize(
    "facts", [{}, {"link": "https://a.example/1"}, {"title": "New"}, {"link": "https://new.example/x"}]
)
def test_an_entry_with_a_new_id_is_known_by_its_address_or_its_title_and_date(facts):
    renamed = entry(1, id="https://a.example/new-id", **facts)

    assert place([renamed, entry(2)], KEPT) == {NAMES["Entry 1"]: renamed, NAMES["Entry 2"]: entry(2)}


def test_an_address_that_the_old_entry_still_has_is_no_clue():
    twin = entry(9, link=entry(1).link)

    placed = place([entry(1), twin], KEPT)

    assert placed[NAMES["Entry 1"]] == entry(1)
    assert len(placed) == 2


def test_an_address_that_all_share_is_no_clue():
    home = "https://a.example/"
    kept = place([entry(1, link=home), entry(2, link=home)], {})

    placed = place([entry(8, link=home), entry(9, link=home)], kept)

    assert not set(placed) & set(kept)


def test_everything_changed_at_once_is_everything_new():
    strangers = [entry(number, id=f"x{number}", link="", title=f"Other {number}") for number in (1, 2, 3)]

    assert not set(place(strangers, KEPT)) & set(KEPT)


@given(st.lists(st.integers(1, 28), unique=True), st.lists(st.integers(1, 28), unique=True))
def test_every_entry_has_one_file_and_the_known_ones_theirs(before, now):
    kept = place([entry(number) for number in before], {})

    placed = place([entry(number) for number in now], kept)

    assert sorted(each.title for each in placed.values()) == sorted(f"Entry {number}" for number in now)
    assert {name for name in placed if name in kept} == {
        name for name, each in kept.items() if each.id in {f"tag:{number}" for number in now}
    }


@pytest.mark.parametrize(
    ("before", "now", "gone"),
    [
        ("abcd", "nabc", ""),  # room was made at the end
        ("abcd", "abc", ""),
        ("abcd", "nacd", "b"),  # taken back
        ("abcd", "bcd", "a"),
        ("abcd", "ncbd", ""),  # another order says nothing
        ("abcd", "ndab", ""),
        ("abcd", "", ""),  # an empty feed neither
        ("abcd", "wxyz", ""),
        ("abcd", "d", ""),  # nor one that lost the most of itself
        ("", "abcd", ""),
    ],
)
def test_what_left_from_the_midst_was_taken_back(before, now, gone):
    assert taken_back(tuple(before), tuple(now)) == set(gone)


@given(st.text("abcdefghij", max_size=10), st.text("abcdefghijxyz", max_size=10))
def test_nothing_is_taken_back_that_is_still_there(before, now):
    before, now = "".join(dict.fromkeys(before)), "".join(dict.fromkeys(now))

    assert not taken_back(tuple(before), tuple(now)) & set(now)


@given(st.integers(0, 20), st.integers(1, 10))
def test_a_feed_that_only_moves_on_takes_nothing_back(steps, window):
    posts = [str(number) for number in range(40, 0, -1)]

    assert taken_back(posts[10 : 10 + window], posts[max(0, 10 - steps) :][:window]) == frozenset()


TEXT = '<p class="x1">Text <a href="/a?token=1">here</a><img src=b.png></p>'


@pytest.mark.parametrize(
    "facts",
    [
        {"content": TEXT.replace("token=1", "token=2")},
        {"content": TEXT.replace("x1", "x2")},
        {"image": "https://a.example/i.png?t=2"},
    ],
)
def test_an_entry_whose_markup_alone_changes_is_not_edited(facts):
    before = entry(1, content=TEXT, image="https://a.example/i.png?t=1")

    assert not is_edited(replace(before, **facts), before)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "New"},
        {"content": TEXT.replace("Text", "Words")},
        {"content": TEXT.replace("/a?", "/b?")},
        {"content": TEXT.replace("b.png", "c.png")},
        {"updated": datetime(2026, 2, 1, tzinfo=UTC)},
        {"published": datetime(2026, 2, 1, tzinfo=UTC)},
        {"id": "tag:other"},
        {"image": ""},
        {"tags": ("x",)},
    ],
)
def test_an_entry_that_reads_otherwise_is_edited(facts):
    before = entry(1, content=TEXT, image="https://a.example/i.png?t=1")

    assert is_edited(replace(before, **facts), before)
