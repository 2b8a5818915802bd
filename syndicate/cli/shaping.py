"""What editors gave an edition, in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from syndicate.model.shaping import Shaping
from syndicate.reports.plan import Send


def in_words(shaping: Shaping) -> str:
    """Give it in a few words: "introduction, own subject, 2 pinned, 1 dropped"; "" where there is nothing."""
    return ", ".join(_parts(shaping))


def _parts(shaping: Shaping) -> Iterator[str]:
    if shaping.introduction:
        yield "introduction"
    if shaping.subject:
        yield "own subject"
    if shaping.preheader:
        yield "own preheader"
    if shaping.pinned:
        yield f"{len(shaping.pinned)} pinned"
    if shaping.dropped:
        yield f"{len(shaping.dropped)} dropped"


def as_json(send: Send) -> dict[str, Any]:
    """Give it for scripts."""
    shaping, path = send.shaping, {each.id: each.post.path for each in send.posts}
    return {
        "introduction": shaping.introduction,
        "subject": shaping.subject,
        "preheader": shaping.preheader,
        "pinned": [path[each] for each in shaping.pinned if each in path],
        "dropped": [each.post.path for each in send.dropped],
    }
