"""Posts that claim the same address or the same id. Pure."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from syndicate.model.post import PostId, TrackedPost


def clashes(posts: Iterable[TrackedPost], among: AbstractSet[PostId]) -> Iterator[str]:
    """Give one line for each of the posts ``among`` that another live post clashes with."""
    by_url: dict[str, TrackedPost] = {}
    by_declared_id: dict[str, TrackedPost] = {}
    for each in posts:
        other = by_url.setdefault(each.post.url, each)
        if other is not each and {each.id, other.id} & among:
            yield _line(
                each, other, f'has the address "{each.post.url}" of', "give one of them its own permalink"
            )
        declared = each.post.declared_id
        other = by_declared_id.setdefault(declared, each) if declared else each
        if other is not each and {each.id, other.id} & among:
            yield _line(each, other, f'declares the id "{declared}" of', "give one of them its own")


def _line(post: TrackedPost, other: TrackedPost, what: str, remedy: str) -> str:
    return f"{post.post.path}: {what} {other.post.path}; {remedy}"
