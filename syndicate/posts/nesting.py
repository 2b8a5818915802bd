"""A cap on how deep HTML is nested: inliners crash beyond a few hundred levels, or lose text."""

import re

#: Deepest element that survives.
MAX_DEPTH = 100

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ],
)


def cap_nesting(html: str, *, limit: int = MAX_DEPTH) -> tuple[str, bool]:
    """Give ``html`` with the tags deeper than ``limit`` dropped and their text kept, and whether any was.

    Made for a serialised tree, in which every tag is closed; on other HTML it is an estimate.
    """
    if html.count("<") <= limit:
        return html, False
    pieces: list[str] = []
    open_tags: list[bool] = []
    kept = end = 0
    flattened = False
    for match in _TAG.finditer(html):
        pieces.append(html[end : match.start()])
        end = match.end()
        if match[2].lower() in _VOID:
            pieces.append(match[0])
        elif match[1]:
            if open_tags and open_tags.pop():
                kept -= 1
                pieces.append(match[0])
        else:
            keep = kept < limit
            open_tags.append(keep)
            kept += keep
            flattened |= not keep
            if keep:
                pieces.append(match[0])
    pieces.append(html[end:])
    return ("".join(pieces), True) if flattened else (html, False)
