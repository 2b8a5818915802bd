"""Which volume a post stands in, and that it stays there."""

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.feeds.archive import ENTRIES, Archive, archive
from syndicate.feeds.feed import Place
from syndicate.model.post import PostId, TrackedPost

Tracked = Callable[..., TrackedPost]


def numbers(kept: Archive) -> dict[int, list[int]]:
    return {each.place.number: sorted(post.id for post in each.posts) for each in kept.volumes}


def test_volumes_are_numbered_from_the_oldest_and_know_their_neighbours(tracked: Tracked) -> None:
    kept = archive([tracked(number) for number in range(1, 2 * ENTRIES + 2)])

    assert [each.place for each in kept.volumes] == [
        Place(number=1, older=0, newer=2),
        Place(number=2, older=1, newer=3),
        Place(number=3, older=2, newer=0),
    ]
    assert [len(each.posts) for each in kept.volumes] == [ENTRIES, ENTRIES, 1]
    assert kept.place == Place(older=3)


def test_a_feed_without_posts_has_no_volume() -> None:
    assert archive([]) == Archive()
    assert archive([]).place == Place()


def test_a_post_that_left_makes_only_its_own_volume_shorter(tracked: Tracked) -> None:
    posts = [tracked(number) for number in range(1, 3 * ENTRIES)]
    before = archive(posts)

    after = archive([*posts[:3], *posts[4:]], known=before.beginnings)

    assert after.beginnings == before.beginnings
    assert after.volumes[1:] == before.volumes[1:]
    assert len(after.volumes[0].posts) == ENTRIES - 1


def test_a_volume_that_holds_nothing_any_more_leads_nowhere(tracked: Tracked) -> None:
    posts = [tracked(number) for number in range(1, 2 * ENTRIES + 2)]
    before = archive(posts)

    after = archive([*posts[:ENTRIES], posts[-1]], known=before.beginnings)

    assert [each.place for each in after.volumes] == [
        Place(number=1, newer=3),
        Place(number=3, older=1),
    ]


def test_an_old_post_that_joins_later_goes_where_its_neighbours_are(tracked: Tracked) -> None:
    posts = [tracked(number) for number in range(1, 2 * ENTRIES + 1)]
    before = archive([*posts[:5], *posts[6:]])

    after = archive(posts, known=before.beginnings)

    assert len(after.volumes[0].posts) == ENTRIES + 1
    assert after.volumes[1:] == before.volumes[1:]


def test_volumes_are_made_anew_when_one_would_be_twice_as_large(tracked: Tracked) -> None:
    posts = [tracked(number) for number in range(1, 3 * ENTRIES + 1)]

    after = archive(posts, known=(PostId(1), PostId(3 * ENTRIES)))

    assert [len(each.posts) for each in after.volumes] == [ENTRIES] * 3


def test_a_known_beginning_before_and_after_all_posts_does_no_harm(tracked: Tracked) -> None:
    posts = [tracked(number) for number in (5, 6)]

    assert numbers(archive(posts, known=(PostId(9),))) == {1: [5, 6]}
    assert numbers(archive(posts, known=(PostId(1),))) == {1: [5, 6]}


@given(waves=st.lists(st.tuples(st.integers(0, 70), st.integers(0, 10)), max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_new_posts_change_the_last_volume_alone(waves: Sequence[tuple[int, int]], tracked: Tracked) -> None:
    posts: list[TrackedPost] = []
    known: tuple[PostId, ...] = ()
    for new, skipped in waves:
        before = archive(posts, known=known)
        first = (posts[-1].id if posts else 0) + 1 + skipped
        posts += [tracked(number) for number in range(first, first + new)]

        after = archive(posts, known=before.beginnings)

        known = after.beginnings
        full = before.volumes[:-1]
        assert after.volumes[: len(full)] == full
        assert [post.id for each in after.volumes for post in sorted(each.posts, key=lambda one: one.id)] == [
            post.id for post in posts
        ]
