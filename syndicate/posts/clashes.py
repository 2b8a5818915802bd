"""Posts that claim the same address or id, or say the same. Pure."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from syndicate.model.post import PostId, TrackedPost


def clashes(posts: Iterable[TrackedPost], among: AbstractSet[PostId]) -> Iterator[str]:
    """Give one line for each of the posts ``among`` that another live post clashes with."""
    by_url: dict[str, TrackedPost] = {}
    by_declared_id: dict[str, TrackedPost] = {}
    by_text: dict[str, TrackedPost] = {}
    for each in sorted(posts, key=lambda each: each.id):  # who was there first is not the one that clashes
        other = by_url.setdefault(each.post.url, each)
        if other is not each and {each.id, other.id} & among:
            yield _line(
                each, other, f'has the address "{each.post.url}" of', "give one of them its own permalink"
            )
        declared = each.post.declared_id
        other = by_declared_id.setdefault(declared, each) if declared else each
        if other is not each and {each.id, other.id} & among:
            yield _line(each, other, f'declares the id "{declared}" of', "give one of them its own")
        text = each.post.body_fingerprint
        other = by_text.setdefault(text, each) if text else each
        if other is not each and each.post.title == other.post.title and {each.id, other.id} & among:
            yield _line(each, other, "has title and text of", "delete the old file if it is to replace it")


def doubt(post: TrackedPost, left: TrackedPost) -> str:
    """Give the line for a post that came when ``left`` went, and may be it: moved, and edited in one go."""
    return (
        f"{post.post.path}: may be {left.post.path}, moved and edited; it is held: `syndicate posts release` "
        "mails it as a new post, `syndicate posts release --feeds-only` mails it to nobody"
    )


def _line(post: TrackedPost, other: TrackedPost, what: str, remedy: str) -> str:
    return f"{post.post.path}: {what} {other.post.path}; {remedy}"
