"""What is left out of a digest that would be too large: Gmail cuts a mail off at about 102 KB of HTML.

The order: pictures, then full texts become excerpts, then excerpts become titles, then "and N more"; always
from the end of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

#: Of the HTML as a client sees it, decoded.
LIMIT_BYTES = 102_000
#: Kept free for the readers' own values: an address of 254 octets, each escaped, and an unsubscribe URL.
RESERVED_BYTES = 2_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How much of the posts is shown, counted from the top of the page."""

    #: The first so many have their pictures.
    pictures: int
    #: The first so many have their full text.
    whole: int
    #: The first so many have at least their excerpt.
    bodies: int
    #: The first so many are there at all.
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one post adds to the page, in bytes before inlining."""

    title: int
    picture: int
    excerpt: int
    whole: int


def estimate(shape: Shape, costs: Sequence[Cost]) -> int:
    """Add up what ``shape`` costs."""
    total = 0
    for at, cost in enumerate(costs[: shape.posts]):
        total += cost.title
        total += cost.picture if at < shape.pictures else 0
        total += cost.whole if at < shape.whole else cost.excerpt if at < shape.bodies else 0
    return total


def shrunk(shape: Shape, costs: Sequence[Cost], *, by: int) -> Shape | None:
    """Give the largest shape that is at least ``by`` bytes cheaper; ``None`` when there is none smaller.

    One post's title always stays.
    """
    target = estimate(shape, costs) - max(by, 1)
    smaller = _step(shape)
    if smaller is None:
        return None
    while estimate(smaller, costs) > target and (next_smaller := _step(smaller)) is not None:
        smaller = next_smaller
    return smaller


def _step(shape: Shape) -> Shape | None:
    """Leave out the next thing."""
    if shape.pictures:
        return replace(shape, pictures=shape.pictures - 1)
    if shape.whole:
        return replace(shape, whole=shape.whole - 1)
    if shape.bodies:
        return replace(shape, bodies=shape.bodies - 1)
    if shape.posts > 1:
        return replace(shape, posts=shape.posts - 1)
    return None
