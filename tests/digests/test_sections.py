import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.audience.arranging import arranged
from syndicate.digests.composition import compose, full_shape
from syndicate.digests.sections import Sectioning, page_order, sectioned
from syndicate.model.shaping import Shaping
from tests.digests.test_composition import material

TAGGED = Sectioning(by="tag")
ORDERED = Sectioning(by="category", order=("News", "Essays"))
NAMES = ("News", "essays", "tides", "")


def sections(posts, sectioning):
    return [(title, [each.id for each in members]) for title, members in sectioned(posts, sectioning)]


def headings(composition):
    return [(each.title, [card.title[-1] for card in each.cards]) for each in composition.sections]


def test_a_post_stands_in_the_first_of_the_lists_sections_that_fits(make_post):
    posts = [
        make_post(1, categories=("essays", "News")),
        make_post(2, categories=("Essays",)),
        make_post(3, categories=("harbour",)),
        make_post(4, categories=("news", "harbour")),
    ]

    assert sections(posts, ORDERED) == [("News", [1, 4]), ("Essays", [2]), ("", [3])]


def test_without_an_order_it_stands_in_its_own_first_one(make_post):
    posts = [make_post(1, tags=("tides", "news")), make_post(2), make_post(3, tags=("News", "tides"))]

    assert sections(posts, TAGGED) == [("tides", [1]), ("News", [3]), ("", [2])]


def test_one_name_in_two_spellings_is_one_section(make_post):
    posts = [make_post(1, tags=("Tides",)), make_post(2, tags=("x",)), make_post(3, tags=("tides",))]

    assert sections(posts, TAGGED) == [("Tides", [1, 3]), ("x", [2])]


def test_collections_named_in_order_come_before_the_sites_own_order(make_post):
    site = Sectioning(order=("tides",), collections=("posts", "letters", "tides"))
    posts = [make_post(n, collection=name) for n, name in enumerate(["posts", "letters", "tides", "x"], 1)]

    assert [name for name, _ in sections(posts, site)] == ["tides", "posts", "letters", "x"]


def test_what_no_section_fits_stands_last_under_a_heading_of_ours(make_post):
    posts = [make_post(n, tags=(tag,) if tag else ()) for n, tag in enumerate(["", "a", "", "b"], 1)]

    composition = compose(given_ := material(*posts, sectioning=TAGGED), full_shape(given_))

    assert headings(composition) == [("a", ["2"]), ("b", ["4"]), ("Also new", ["3"])]


def test_a_list_without_sections_has_no_heading(make_post):
    posts = [make_post(1), make_post(2), make_post(3, collection="letters")]

    composition = compose(given_ := material(*posts, sectioning=Sectioning(by="none")), full_shape(given_))

    assert headings(composition) == [("", ["2", "3"])]


def test_pinned_posts_stand_above_all_sections(make_post):
    one, two, three, four = [make_post(n, tags=("ab"[n % 2],)) for n in range(1, 5)]
    shaping = Shaping(pinned=(four.id, one.id))
    ordered = page_order([four, one, two, three], TAGGED, pinned=2)
    made = replace(material(*ordered, sectioning=TAGGED), posts=ordered, shaping=shaping)

    composition = compose(made, full_shape(made))

    assert composition.lead.title == four.post.title
    assert headings(composition) == [("", ["1"]), ("a", ["2"]), ("b", ["3"])]
    assert [card.level for card in composition.cards] == [2, 2, 3, 3]


POSTS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2)), min_size=1, max_size=9
)


EDITOR = st.fixed_dictionaries(
    {
        "pins": st.lists(st.integers(1, 9), unique=True, max_size=4),
        "drops": st.sets(st.integers(1, 9), max_size=3),
        "bars": st.sets(st.integers(1, 9), max_size=2),
    }
)
LIST = st.fixed_dictionaries(
    {
        "by": st.sampled_from(["collection", "category", "tag", "none"]),
        "order": st.lists(st.sampled_from(["News", "Essays"]), unique=True),
        "rule": st.sampled_from(["newest", "oldest", "arrival"]),
        "room": st.integers(1, 9),
    }
)


@given(POSTS, EDITOR, LIST)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_post_stands_once_and_the_editor_has_the_last_word(make_post, drawn, editor, asked):
    posts = [
        make_post(n, collection=name, categories=tuple(names), tags=tuple(names))
        for n, (name, names) in enumerate(drawn, 1)
    ]
    pins, drops, bars = editor["pins"], editor["drops"], editor["bars"]
    wanted = {each.id for each in posts} - drops - bars
    pinned = [each for each in pins if each in wanted]
    shaping = Shaping(pinned=tuple(pins), dropped=frozenset(drops), barred=frozenset(bars))
    sectioning = Sectioning(by=asked["by"], order=tuple(asked["order"]), collections=("tides",))

    shown = arranged(posts, order=asked["rule"], shaping=shaping)
    ordered = page_order(shown, sectioning, pinned=len(pinned))

    assert sorted(each.id for each in ordered) == sorted(wanted)
    assert [each.id for each in ordered[: len(pinned)]] == pinned
    if not ordered:
        return
    made = replace(material(*ordered, sectioning=sectioning), posts=ordered, shaping=shaping)
    composition = compose(made, replace(full_shape(made), posts=min(asked["room"], len(ordered))))
    cards = [number(card) for card in composition.cards]
    assert cards == [each.id for each in ordered[: len(cards)]]
    assert len(cards) + composition.omitted == len(wanted)
    for name, members in sectioned(ordered[made.above : len(cards)], sectioning):
        assert {sectioning.section(each.post).casefold() for each in members} == {name.casefold()}


def number(card):
    return int(card.title.rpartition(" ")[2])


@pytest.mark.parametrize("pinned", [(), (3,), (3, 2)])
def test_the_page_and_the_text_part_hold_the_same_posts_in_the_same_order(
    digest, make_post, list_settings, pinned
):
    shaping = Shaping(pinned=pinned, introduction="Dear readers")
    posts = arranged(
        [make_post(n, tags=("ab"[n % 2],)) for n in range(1, 8)], order="newest", shaping=shaping
    )
    tagged = replace(list_settings, sections="tag", max_posts=5)

    edition = digest(*posts, list_settings=tagged, shaping=shaping)

    titles = re.findall(r"Ferry report \d(?=</a></h)", edition.html)
    assert titles == re.findall(r"^Ferry report \d$", edition.text, re.MULTILINE)
    assert len(titles) == 5
    assert "And 2 more posts" in edition.html
    assert "And 2 more posts" in edition.text
