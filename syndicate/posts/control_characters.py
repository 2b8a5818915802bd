"""Characters in a file that no feed and no mail may hold."""

from syndicate.posts.front_matter import Document
from syndicate.posts.plain import first_forbidden


def control_characters(document: Document) -> tuple[str, ...]:
    """Give one warning for each place of the head, and the first one of the text, that holds any."""
    values = document.head.values.items()
    found = [
        document.head.lines.get(k, 1) for k, v in values if isinstance(v, str) and first_forbidden(v) != -1
    ]
    position = first_forbidden(document.body) if document.unclean else -1
    if position != -1:
        found.append(document.body_line + document.body.count("\n", 0, position))
    return tuple(
        f"{document.path}:{line}: holds a control character, which no feed may; it was left out, remove it"
        for line in sorted(found)
    )
