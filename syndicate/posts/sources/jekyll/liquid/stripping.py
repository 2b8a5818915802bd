"""A text without its template syntax: what a reader gets where the templates can't be run. Linear."""

import re
from collections.abc import Iterator
from types import MappingProxyType

#: Where a tag or an output opens.
OPENING = re.compile(r"\{%|\{\{")
_TAG_END = re.compile(r"%\}")
_OUTPUT_END = re.compile(r"\}\}")
_ENDINGS = MappingProxyType(
    {
        "raw": re.compile(r"\{%-?\s*endraw\s*-?%\}"),
        "comment": re.compile(r"\{%-?\s*endcomment\s*-?%\}"),
    }
)
_NAME = re.compile(r"-?\s*(\w+)")
#: A brace that would open a template with what follows it.
_OPENING_BRACE = re.compile(r"\{(?=[{%])")


def holds_templates(text: str) -> bool:
    """Say whether Jekyll would run Liquid over ``text`` (lib/jekyll/utils.rb has_liquid_construct?)."""
    return "{%" in text or "{{" in text


def stripped(source: str) -> str:
    """Give ``source`` without tags and outputs; what stands between them stays, but for comments."""
    return _OPENING_BRACE.sub("", "".join(_kept(source))) if holds_templates(source) else source


def _kept(source: str) -> Iterator[str]:
    finder = _Finder(source)
    position = 0
    while opening := OPENING.search(source, position):
        yield source[position : opening.start()]
        position = opening.end()
        end = finder.after(position, _TAG_END if opening[0] == "{%" else _OUTPUT_END)
        if end is None:
            continue
        name = _NAME.match(source, position, end[0]) if opening[0] == "{%" else None
        position = end[1]
        closing = finder.after(position, _ENDINGS[name[1]]) if name and name[1] in _ENDINGS else None
        if name and closing:
            if name[1] == "raw":
                yield source[position : closing[0]]
            position = closing[1]
    yield source[position:]


class _Finder:
    """Looks for what closes something; what is not there once is never looked for again."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._absent: set[re.Pattern[str]] = set()

    def after(self, position: int, pattern: re.Pattern[str]) -> tuple[int, int] | None:
        """Give where the first match after ``position`` begins and ends."""
        found = None if pattern in self._absent else pattern.search(self._source, position)
        if found is None:
            self._absent.add(pattern)
            return None
        return found.span()
