"""The posts of an edition in the order of its page: pure, from the list's rule and the editor's choices."""

from collections.abc import Iterable
from typing import Any

from syndicate.model.post import TrackedPost
from syndicate.model.shaping import Shaping


def arranged(posts: Iterable[TrackedPost], *, order: str, shaping: Shaping) -> tuple[TrackedPost, ...]:
    """Give what is shown: pinned posts in their order, then the others by the list's; none that is dropped.

    ``order`` is that of ``lists.order``; of equal ones the path decides.
    """
    shown = [each for each in posts if each.id not in shaping.dropped | shaping.barred]
    place = {post_id: at for at, post_id in enumerate(shaping.pinned)}
    return tuple(sorted(shown, key=lambda each: (place.get(each.id, len(place)), _rank(each, order))))


def _rank(tracked: TrackedPost, order: str) -> tuple[Any, ...]:
    published = tracked.post.published.timestamp()
    match order:
        case "oldest":
            return (published, tracked.post.path)
        case "arrival":
            return (tracked.arrival or 0, tracked.post.path)
        case _:
            return (-published, tracked.post.path)
