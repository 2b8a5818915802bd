"""What editors gave an edition, as JSON."""

from typing import Any

from syndicate.reports.plan import Send


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
