"""The opening of a text that is HTML already: its first whole elements. Pure, and linear in the text.

The HTML is anybody's, before the sanitiser: tags may be left open, closed twice, or hold what isn't theirs.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from syndicate.posts.plain import text_of
from syndicate.posts.words import OPENING_WORDS, count_words

#: A comment, or a tag with its attributes, in whose values a ">" may stand.
_TOKEN = re.compile(
    r"<!--(?:>|->|.*?(?:-->|\Z))"
    r"|<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
#: What stands in them is no markup (WHATWG HTML §13.1.2).
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
#: Marks in there are somebody's example.
_CODE = frozenset({"pre", "code", *_RAW})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input"}
    | {"link", "meta", "param", "source", "track", "wbr"}
)
#: Boxes around everything: not elements to be kept whole, but places where elements stand.
_WRAPPERS = frozenset({"html", "body", "main", "article", "section", "div", "center"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: These end a paragraph that was left open.
_BLOCKS = _WRAPPERS | _HEADINGS | {
    "address", "aside", "blockquote", "details", "dl", "fieldset", "figure", "footer", "form", "header",
    "hr", "menu", "nav", "ol", "p", "pre", "table", "ul", "video", "audio",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Element:
    """A whole element at the top, or a run of text between two."""

    start: int
    end: int
    name: str
    #: The boxes it stands in.
    within: tuple[str, ...]


def first_elements(html: str) -> tuple[str, bool]:
    """Give the first whole elements, up to seventy words but at least one with text, and if more follow."""
    taken: list[_Element] = []
    words = 0
    elements = _elements(html)
    rest = False
    for element in elements:
        more = count_words(text_of(html[element.start : element.end]))
        rest = bool(words) and words + more > OPENING_WORDS
        if rest:
            break
        taken.append(element)
        words += more
    while rest and len(taken) > 1 and taken[-1].name in _HEADINGS:
        taken.pop()
    if not taken:
        return "", False
    last = taken[-1]
    return html[: last.end] + "".join(f"</{name}>" for name in reversed(last.within)), rest


def all_outside_code(html: str, needle: str) -> Iterator[int]:
    """Give every place where ``needle`` stands outside of code and scripts, in order."""
    found = html.find(needle)
    ranges = _code(html) if found != -1 else iter(())
    start = end = -1
    while found != -1:
        while end <= found:
            start, end = next(ranges, (len(html), len(html) + 1))
        if found < start:
            yield found
        found = html.find(needle, found + len(needle))


def _code(html: str) -> Iterator[tuple[int, int]]:
    depth: Counter[str] = Counter()
    start = 0
    for tag in _tags(html):
        if tag["name"] is None or (name := tag["name"].lower()) not in _CODE:
            continue
        before = depth.total()
        depth[name] = max(0, depth[name] + (-1 if tag["closing"] else 1))
        if not before and depth.total():
            start = tag.end()
        elif before and not depth.total():
            yield start, tag.start()
    if depth.total():
        yield start, len(html)


def _tags(html: str) -> Iterator[re.Match[str]]:
    """Give comments and tags in order; between a script's two tags there are none."""
    position = 0
    lower = html.lower() if "<" in html else ""
    if len(lower) != len(html):  # a letter whose small form is two
        lower = html
    while tag := _TOKEN.search(html, position):
        yield tag
        position = tag.end()
        name = (tag["name"] or "").lower()
        if name in _RAW and not tag["closing"]:
            found = lower.find(f"</{name}", position)
            position = len(html) if found == -1 else found


def _elements(html: str) -> Iterator[_Element]:
    walk = _Walk()
    for tag in _tags(html):
        yield from walk.text(html, tag.start())
        if tag["name"] is None:
            walk.position = tag.end()
            continue
        name = tag["name"].lower()
        yield from walk.close(name, tag) if tag["closing"] else walk.open(name, tag)
        walk.position = tag.end()
    yield from walk.text(html, len(html))
    yield from walk.finish(len(html))


@dataclass(slots=True)
class _Walk:
    """Where a walk through the tags stands."""

    position: int = 0
    #: Open boxes, then the open elements below the one that is kept whole.
    boxes: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    #: How often a name is open in either, so that a stray closing tag costs nothing.
    open_names: Counter[str] = field(default_factory=Counter)
    #: Where the present element began, and what it is: "" for a run of text and inline elements.
    start: int | None = None
    name: str = ""
    #: Whether nothing stood since the last line break.
    broken: bool = False

    def text(self, html: str, end: int) -> Iterator[_Element]:
        """Take the text up to ``end``."""
        if end > self.position and not html[self.position : end].isspace():
            self.broken = False
            if self.start is None:
                self.start, self.name = self.position, ""
        return iter(())

    def open(self, name: str, tag: re.Match[str]) -> Iterator[_Element]:
        """Take an opening tag."""
        if name in _BLOCKS and not (self.inner and self.inner[0] != "p"):
            yield from self.finish(tag.start())  # a run of text, or a paragraph left open, ends here
        if not self.inner and name in _WRAPPERS:
            self._push(self.boxes, name)
            return
        if self.start is None:
            self.start, self.name = tag.start(), name if name in _BLOCKS else ""
        if name not in _VOID:
            self._push(self.inner, name)
        elif name == "hr" or (name == "br" and self.broken and not self.inner):
            yield from self.finish(tag.end())
        self.broken = name == "br"

    def close(self, name: str, tag: re.Match[str]) -> Iterator[_Element]:
        """Take a closing tag; one that closes nothing is nothing."""
        if not self.open_names[name]:
            return
        if name in self.inner:
            while self._pop(self.inner) != name:
                pass
            if not self.inner and self.name:
                yield from self.finish(tag.end())
            return
        yield from self.finish(tag.start())
        while self._pop(self.boxes) != name:
            pass

    def finish(self, end: int) -> Iterator[_Element]:
        """End the present element, whatever is open in it."""
        while self.inner:
            self._pop(self.inner)
        if self.start is not None:
            yield _Element(self.start, end, self.name, tuple(self.boxes))
        self.start, self.name, self.broken = None, "", False

    def _push(self, stack: list[str], name: str) -> None:
        stack.append(name)
        self.open_names[name] += 1

    def _pop(self, stack: list[str]) -> str:
        name = stack.pop()
        self.open_names[name] -= 1
        return name
