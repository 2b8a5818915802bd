from hypothesis import given
from hypothesis import strategies as st

from syndicate.digests.budget import Cost, Shape, estimate, shrunk

COSTS = st.lists(
    st.builds(
        Cost,
        title=st.integers(1, 900),
        picture=st.integers(0, 500),
        excerpt=st.integers(0, 5_000),
        whole=st.integers(0, 90_000),
    ),
    min_size=1,
    max_size=30,
)


def everything(costs: list[Cost]) -> Shape:
    return Shape(pictures=len(costs), whole=len(costs), bodies=len(costs), posts=len(costs))


def test_pictures_go_first_and_from_the_end() -> None:
    costs = [Cost(title=10, picture=100, excerpt=1_000, whole=0)] * 3

    smaller = shrunk(Shape(pictures=3, whole=0, bodies=3, posts=3), costs, by=150)

    assert smaller == Shape(pictures=1, whole=0, bodies=3, posts=3)


def test_then_full_texts_become_excerpts_then_titles_then_posts_are_left_out() -> None:
    costs = [Cost(title=10, picture=0, excerpt=100, whole=1_000)] * 3
    shape = everything(costs)

    assert shrunk(shape, costs, by=1_000) == Shape(pictures=0, whole=1, bodies=3, posts=3)
    assert shrunk(shape, costs, by=2_850) == Shape(pictures=0, whole=0, bodies=1, posts=3)
    assert shrunk(shape, costs, by=3_010) == Shape(pictures=0, whole=0, bodies=0, posts=2)


def test_one_title_always_stays() -> None:
    costs = [Cost(title=10, picture=0, excerpt=0, whole=0)] * 2

    smallest = shrunk(everything(costs), costs, by=10_000)

    assert smallest == Shape(pictures=0, whole=0, bodies=0, posts=1)
    assert shrunk(smallest, costs, by=1) is None


@given(COSTS, st.integers(0, 200_000))
def test_a_smaller_shape_is_cheaper_by_what_was_asked_or_the_smallest(costs: list[Cost], by: int) -> None:
    shape = everything(costs)

    smaller = shrunk(shape, costs, by=by)

    assert smaller is not None
    assert smaller != shape
    assert estimate(smaller, costs) <= estimate(shape, costs) - by or smaller.posts == 1
