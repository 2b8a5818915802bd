"""A cap on how deep HTML is nested: inliners crash beyond a few hundred levels, or lose text."""

import re

#: Deepest element that survives.
MAX_DEPTH = 100

#: A tag of a serialised tree, where text holds no "<" and each attribute stands in double quotes.
_SERIALISED_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"]|\"[^\"]*\")*>")
#: A tag of anybody's HTML, roughly; it never looks past the next "<", which keeps it linear.
_ROUGH_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input"}
    | {"link", "meta", "param", "source", "track", "wbr"}
)


def cap_nesting(html: str, *, limit: int = MAX_DEPTH) -> str:
    """Give a serialised tree with the tags deeper than ``limit`` dropped and their text kept."""
    return _capped(html, _SERIALISED_TAG, limit)


def cap_roughly(html: str, *, limit: int) -> str:
    """Give anybody's HTML so that a parser meets about ``limit`` open tags at most; sanitise it after."""
    return _capped(html, _ROUGH_TAG, limit)


def _capped(html: str, tag: re.Pattern[str], limit: int) -> str:
    if html.count("<") <= limit or _is_within(html, tag, limit):
        return html
    pieces: list[str] = []
    open_tags: list[bool] = []
    kept = end = 0
    for match in tag.finditer(html):
        pieces.append(html[end : match.start()])
        end = match.end()
        keep = True
        if match[1]:
            keep = bool(open_tags) and open_tags.pop()
            kept -= keep
        elif match[2].lower() not in _VOID:
            keep = kept < limit
            open_tags.append(keep)
            kept += keep
        if keep:
            pieces.append(match[0])
    pieces.append(html[end:])
    return "".join(pieces)


def _is_within(html: str, tag: re.Pattern[str], limit: int) -> bool:
    """Say whether no tag would be dropped, as hardly ever one is: at half the cost of dropping none."""
    depth = 0
    for closing, name in tag.findall(html):
        if closing:
            depth -= 1
        elif name.lower() not in _VOID:
            depth += 1
        if not 0 <= depth <= limit:
            return False
    return True
