"""One feed for each tag: under which names, and of which posts."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.each import slug, spelt_out, unmet
from syndicate.feeds.feed import check_names
from syndicate.feeds.publishing import Publication
from syndicate.model.post import PostState, TrackedPost
from syndicate.settings.schema import FeedSettings

Tracked = Callable[..., TrackedPost]
Published = Callable[..., Publication]
EACH = FeedSettings(name="tag", title="News", each="tag", at_least=1)


@pytest.fixture
def tagged(tracked: Tracked) -> Callable[..., list[TrackedPost]]:
    def _tagged(*tags: Sequence[str]) -> list[TrackedPost]:
        return [tracked(number, tags=tuple(each)) for number, each in enumerate(tags, start=1)]

    return _tagged


def names(posts: list[TrackedPost], *feeds: FeedSettings) -> list[str]:
    return [feed.name for feed in spelt_out(feeds or (EACH,), posts)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Boats", "boats"),
        ("New York", "new-york"),
        ("港口 新闻", "港口-新闻"),
        ("हिन्दी", "हिन्दी"),
        ("straße", "strasse"),
        ("ﬁsh", "fish"),
    ],
)
def test_a_name_that_loses_nothing_is_its_own_folder(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_that_lose_their_signs_stay_apart() -> None:
    folders = {slug(name) for name in ("C", "C++", "C#", ".c", "+++", "…")}

    assert len(folders) == 6
    assert "c" in folders


@given(st.lists(st.text(min_size=1, max_size=200), max_size=6))
def test_any_tags_make_folders_that_may_be_written(tags: list[str]) -> None:
    for tag in tags:
        check_names((FeedSettings(name=f"tag-{slug(tag)}"),))


def test_each_tag_has_its_own_feed_of_its_own_posts(tagged: Callable[..., list[TrackedPost]]) -> None:
    posts = tagged(["boats"], ["boats", "fish"], ["Fish"])

    boats, fish = spelt_out((EACH,), posts)

    assert (boats.name, boats.title, boats.each) == ("tag-boats", "News | boats", "")
    assert [post.id for post in Catalogue(posts).selected(boats)] == [1, 2]
    assert [post.id for post in Catalogue(posts).selected(fish)] == [2, 3]


def test_a_tag_of_too_few_posts_has_none(tagged: Callable[..., list[TrackedPost]]) -> None:
    few = FeedSettings(name="tag", each="tag", at_least=2)

    assert names(tagged(["boats"], ["boats", "fish", "fish"]), few) == ["tag-boats"]


def test_a_post_that_left_counts_no_more(tracked: Tracked) -> None:
    assert names([tracked(1, state=PostState.GONE)]) == []


def test_other_criteria_hold_as_well(tracked: Tracked) -> None:
    posts = [tracked(1, tags=("boats",)), tracked(2, tags=("fish",), collection="letters")]
    letters = FeedSettings(name="tag", each="tag", at_least=1, collections=("letters",))
    asked = FeedSettings(name="tag", each="tag", at_least=1, tags=("BOATS",))

    assert names(posts, letters) == ["tag-fish"]
    assert names(posts, asked) == ["tag-boats"]


def test_categories_and_authors_too(tracked: Tracked) -> None:
    posts = [tracked(1, categories=("harbour",), authors=("Ana Reis",))]
    feeds = (
        FeedSettings(name="about", each="category", at_least=1),
        FeedSettings(name="by", each="author", at_least=1),
    )

    assert names(posts, *feeds) == ["about-harbour", "by-ana-reis"]


def test_a_feed_for_each_language_is_in_that_language(tracked: Tracked, published: Published) -> None:
    posts = [tracked(1), tracked(2, language="de"), tracked(3, language="de_AT"), tracked(4, language="x y")]
    each = FeedSettings(name="in", title="News", each="language", at_least=1, languages=("de", "en"))

    spelt = spelt_out((each,), posts)

    assert {feed.name: [one.id for one in Catalogue(posts).selected(feed)] for feed in spelt} == {
        "in-de": [2, 3],
        "in-de-at": [3],
        "in-en": [1],
    }
    atom = (published(posts, *spelt).feeds[0].folder / "atom.xml").read_text(encoding="utf-8")
    assert 'xml:lang="de">' in atom
    assert atom.count("xml:lang=") == 2


def test_tags_that_read_the_same_and_feeds_that_are_there_already_are_kept_apart(
    tagged: Callable[..., list[TrackedPost]],
) -> None:
    posts = tagged(["new york"], ["new-york"], ["boats"])

    found = names(posts, FeedSettings(name="tag-boats"), EACH)

    assert len({*found}) == len(found) == 4
    assert {"tag-boats", "tag-new-york"} <= {*found}
    check_names(spelt_out((FeedSettings(name="tag-boats"), EACH), posts))


def test_the_name_of_a_feed_doesnt_depend_on_other_tags(tagged: Callable[..., list[TrackedPost]]) -> None:
    alone = names(tagged(["C++"]))

    among = names(tagged(["C++"], ["C"], ["a"], ["c#"]))

    assert set(alone) < set(among)


def test_it_says_when_no_tag_has_enough_posts(tagged: Callable[..., list[TrackedPost]]) -> None:
    assert list(unmet((EACH,), tagged(["boats"]))) == []
    assert list(unmet((EACH,), tagged([]))) == [
        'feeds: "tag": no tag has 1 post; lower at_least, or leave the feed out'
    ]


def test_a_changed_post_changes_only_the_feeds_of_its_tags(
    tagged: Callable[..., list[TrackedPost]], published: Published, tracked: Tracked
) -> None:
    posts = tagged(*([f"tag{number}", f"tag{number + 1}"] for number in range(40)))
    published(posts, *spelt_out((EACH,), posts))

    posts[7] = tracked(8, tags=posts[7].post.tags, title="Changed")
    publication = published(posts, *spelt_out((EACH,), posts))

    feeds = {path.parent.name for path in publication.written if path.name == "atom.xml"}
    assert feeds == {"tag-tag7", "tag-tag8"}
    assert len(publication.feeds) == 41
