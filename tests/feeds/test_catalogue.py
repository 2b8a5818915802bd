"""The same posts as by a look at each, and no look at each for every feed."""

import time
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.feeds.catalogue import Catalogue
from syndicate.model.post import PostState, TrackedPost
from syndicate.settings.schema import FeedSettings

Tracked = Callable[..., TrackedPost]
NAMES = st.lists(st.sampled_from(["a", "A", "b", "ß", "ss", "c"]), max_size=3).map(tuple)
LANGUAGES = st.sampled_from(["en", "en-GB", "pt_BR", "", "?"])


def wanted(tracked: TrackedPost, feed: FeedSettings) -> bool:
    post = tracked.post
    folded = [{name.casefold() for name in names} for names in (feed.tags, feed.authors)]
    had = [{name.casefold() for name in names} for names in (post.tags, post.authors)]
    meets = all(not asked or asked & there for asked, there in zip(folded, had, strict=True))
    tag = post.language.replace("_", "-")
    spoken = not feed.languages or any(f"{tag}-".startswith(f"{each}-") for each in feed.languages)
    return tracked.state is not PostState.GONE and meets and spoken


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.tuples(NAMES, NAMES, LANGUAGES, st.booleans()), max_size=8),
    tags=NAMES,
    authors=NAMES,
    languages=st.lists(st.sampled_from(["en", "pt"]), max_size=2).map(tuple),
)
def test_a_feed_holds_whatever_meets_all_it_asks_for(
    tracked: Tracked, said, tags, authors, languages
) -> None:
    posts = [
        tracked(
            number,
            tags=tags_,
            authors=authors_,
            language=language,
            state=PostState.GONE if gone else PostState.BASELINE,
        )
        for number, (tags_, authors_, language, gone) in enumerate(said, start=1)
    ]
    feed = FeedSettings(name="it", tags=tags, authors=authors, languages=languages, archives=True)

    catalogue = Catalogue(posts)

    expected = [each.id for each in posts if wanted(each, feed)]
    assert [each.id for each in catalogue.selected(feed)] == expected
    assert [each.id for each in catalogue.archived(feed)] == expected


def test_many_feeds_cost_time_in_proportion(tracked: Tracked) -> None:
    def cost(count: int) -> float:
        posts = [tracked(number, tags=(f"t{number}", "all")) for number in range(1, count + 1)]
        begun = time.perf_counter()
        catalogue = Catalogue(posts)
        for number in range(1, count + 1):
            assert len(catalogue.selected(FeedSettings(name="it", tags=(f"t{number}",)))) == 1
        return time.perf_counter() - begun

    cost(50)
    assert cost(2_000) < 40 * cost(200) + 0.2
