from collections.abc import Callable
from typing import Any

import pytest

from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.entry import whole_entry
from syndicate.feeds.selection import emptiness, fitting, is_heavier, weight
from syndicate.model.post import PostState, TrackedPost
from syndicate.settings.schema import FeedSettings

Tracked = Callable[..., TrackedPost]


@pytest.fixture
def posts(tracked: Tracked) -> list[TrackedPost]:
    return [
        tracked(1, collection="letters", categories=("Sea",), tags=(), authors=("Ana", "Bo")),
        tracked(2, categories=("sea", "land"), tags=("boats",), authors=("Bo",), language="pt"),
        tracked(3, categories=(), tags=("boats", "sand"), authors=(), language="pt_BR"),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [1, 2, 3]),
        ({"collections": ("posts",)}, [2, 3]),
        ({"categories": ("SEA",)}, [1, 2]),
        ({"categories": ("land", "none")}, [2]),
        ({"tags": ("boats",)}, [2, 3]),
        ({"authors": ("Bo",)}, [1, 2]),
        ({"authors": ("Bo",), "collections": ("posts",)}, [2]),
        ({"languages": ("pt",)}, [2, 3]),
        ({"languages": ("PT-br",)}, [3]),
        ({"languages": ("en", "pt-BR")}, [1, 3]),
        ({"languages": ("e",)}, []),
        ({"limit": 2}, [1, 2]),
        ({"limit": 0}, []),
        ({"limit": -1}, []),
    ],
)
def test_a_feed_holds_the_posts_that_meet_all_it_asks_for(
    asked: dict[str, Any], expected: list[int], posts: list[TrackedPost]
) -> None:
    assert [each.id for each in Catalogue(posts).selected(FeedSettings(name="a", **asked))] == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"collections": ("news",)}, 'no post is in the collection "news"; choose among "letters", "posts"'),
        (
            {"collections": ("posts",), "tags": ("x", "y")},
            'no post has the tag "x" or "y"; choose among "boats", "sand"',
        ),
        (
            {"collections": ("letters",), "tags": ("x",)},
            'no post has the tag "x"; no post names any; leave that key of the feed out',
        ),
        ({"authors": ("Cy",)}, 'no post is by "Cy"; choose among "Ana", "Bo"'),
        ({"languages": ("fr",)}, 'no post is in the language "fr"; choose among "en", "pt", "pt-BR"'),
        ({"limit": 0}, "limit = 0 leaves no room; raise it"),
    ],
)
def test_emptiness_names_the_key_that_left_nothing(
    asked: dict[str, Any], expected: str, posts: list[TrackedPost]
) -> None:
    assert emptiness(posts, FeedSettings(name="a", **asked)) == expected


def test_emptiness_of_a_site_without_posts_says_so(tracked: Tracked) -> None:
    assert emptiness([tracked(1, state=PostState.GONE)], FeedSettings()).startswith(
        "the site has no post yet"
    )


def test_no_entry_is_made_that_has_no_room(tracked: Tracked) -> None:
    made = []

    def entries() -> Any:
        for number in range(1, 10):
            made.append(number)
            yield whole_entry(tracked(number), "x" * 1000)

    taken = fitting(entries(), 2 * weight(whole_entry(tracked(1), "x" * 1000)))

    assert len(taken) == 2
    assert made == [1, 2, 3]


def test_the_first_entry_always_has_room(tracked: Tracked) -> None:
    assert len(fitting(iter([whole_entry(tracked(1), "x" * 1000)]), 10)) == 1


@pytest.mark.parametrize("character", ["x", "<", ">", "&", "\u6e2f", "\U0001f642"])
@pytest.mark.parametrize("more", [-1, 0])
def test_an_entry_is_heavier_than_less_than_its_weight(tracked: Tracked, character: str, more: int) -> None:
    entry = whole_entry(tracked(1, summary="&"), character * 1000)

    assert is_heavier(entry, weight(entry) + more) == (more < 0)
