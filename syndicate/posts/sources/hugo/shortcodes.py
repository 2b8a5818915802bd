"""A page's text without shortcodes (hugolib/shortcode.go): each is filled in, or taken out and named.

No template is run. What a site's own shortcode makes of its text nobody knows here, so the text alone stays.
"""

import html
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from syndicate.posts.excerpt import LABEL, definitions
from syndicate.posts.plain import one_line
from syndicate.posts.rendered_excerpt import without_sole_paragraph
from syndicate.posts.sources.hugo import builtins
from syndicate.posts.sources.hugo.shortcode_syntax import Tag, closing_of, pairs, tags
from syndicate.posts.sources.hugo.values import at, text
from syndicate.posts.sources.hugo.videos import UNASKED, VIDEOS, Privacy

#: Shortcodes within shortcodes; deeper ones are taken out.
MAX_DEPTH = 8
#: A text that loses more is named for the first of them.
_MAX_LOST = 10
_SHOWN = 60
_BUILT_IN = frozenset(
    {"ref", "relref", "param", "figure", "highlight", "qr", "details", "comment", *builtins.EMBEDDED, *VIDEOS}
)
#: What is taken out may leave the halves of an opening side by side.
_LEFTOVER = re.compile(r"\{{2,}(?=[<%])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a page's shortcodes may ask for."""

    #: The page's own values, and the site's, keys in lower case.
    page: Mapping[str, Any]
    site: Mapping[str, Any]
    #: Gives the address that a ``ref`` means; "" when there is none.
    address_of: Callable[[str], str]
    privacy: Privacy = UNASKED
    #: Gives the HTML of Markdown, as the site sets it up.
    markdown: Callable[[str], str]
    #: The same, and HTML in it stays whatever the site says.
    markdown_with_html: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """HTML that takes its place after the Markdown around it is rendered."""

    #: In a line of text.
    inline: str
    #: Where it has a paragraph to itself.
    block: str


@dataclass(slots=True, kw_only=True)
class Filling:
    """Fills in one text; the pieces wait for the Markdown to be rendered."""

    surroundings: Surroundings
    #: A word that the text doesn't hold.
    word: str
    #: Of the whole text, for what is rendered by itself.
    defined: Mapping[str, str]
    pieces: list[Piece | None] = field(default_factory=list)
    #: What couldn't be rendered, each once, as a warning's first half.
    lost: dict[str, None] = field(default_factory=dict)

    def text(self, source: str, *, depth: int = 0) -> str:
        """Give ``source`` with words in place of its shortcodes."""
        found = list(tags(source))
        closings = pairs(found)
        parts: list[str] = []
        position = index = 0
        while index < len(found):
            tag, closing = found[index], closings.get(index)
            parts.append(source[position : tag.start])
            last = found[closing] if closing is not None else tag
            inner = source[tag.end : last.start] if closing is not None else None
            alone = _is_alone(source, tag.start, last.end)
            parts.append(self._filled(tag, inner, alone=alone, depth=depth))
            position = last.end
            index = (closing if closing is not None else index) + 1
        return _LEFTOVER.sub("", "".join((*parts, source[position:])))

    def keep(self, made: str) -> str:
        """Give a word for HTML that takes its place when the Markdown is rendered."""
        return self._later(made, f"<p>{made}</p>")

    def placed(self, rendered: str) -> str:
        """Give the HTML with each piece in its place, once."""
        if self.word not in rendered:
            return rendered
        pattern = re.compile(rf"<p>\s*{self.word}(\d+)E\s*</p>|{self.word}(\d+)E")
        return pattern.sub(self._place, rendered)

    def _filled(self, tag: Tag, inner: str | None, *, alone: str | None, depth: int) -> str:
        if tag.shown is not None:
            escaped = html.escape(tag.shown)
            return self._later(escaped, escaped)
        if not tag.name or tag.closes:
            self._lose(_name(tag) if tag.name else "a shortcode that isn't well-formed")
            return ""
        if tag.name in {"ref", "relref"}:
            return self._reference(tag)
        if tag.name == "param":
            return self._param(tag, nested=depth > 0)
        if depth >= MAX_DEPTH:
            self._lose(f"{_name(tag)} within too many others")
            return ""
        piece = self._piece(tag, inner, depth)
        return self._later(piece.inline, piece.block, alone=alone) if piece else ""

    def _piece(self, tag: Tag, inner: str | None, depth: int) -> Piece | None:
        embedded = self._embedded(tag)
        if embedded:
            return _same(embedded)
        if tag.name == "figure":
            return _same(builtins.figure(tag, self._inline))
        if tag.name == "highlight":
            return _same(builtins.highlight(tag, self._plain(inner or "")))
        if tag.name == "qr":
            return _same(builtins.qr(tag, inner or ""))
        if tag.name == "details":
            return _same(builtins.details(tag, self._rendered(tag, inner or "", depth), self._inline))
        return None if tag.name == "comment" else self._own(tag, inner, depth)

    def _embedded(self, tag: Tag) -> str:
        if tag.name in VIDEOS:
            return VIDEOS[tag.name](tag, self.surroundings.privacy)
        return builtins.EMBEDDED[tag.name](tag) if tag.name in builtins.EMBEDDED else ""

    def _own(self, tag: Tag, inner: str | None, depth: int) -> Piece | None:
        """Give the text within a shortcode of the site's own: what Hugo's ``markdownify`` makes of it."""
        if inner is None or not inner.strip() or tag.name.endswith(".inline"):
            return None
        made = without_sole_paragraph(self._rendered(tag, inner, depth))
        return Piece(inline=made, block=f"<div>{made}</div>")

    def _rendered(self, tag: Tag, inner: str, depth: int) -> str:
        source = self.text(self._with_definitions(_outdented(inner)), depth=depth + 1)
        # What ``{{< >}}`` makes is HTML already; what ``{{% %}}`` makes is Markdown of the page.
        render = self.surroundings.markdown if tag.kind == "%" else self.surroundings.markdown_with_html
        return self.placed(render(source)).strip()

    def _with_definitions(self, source: str) -> str:
        """Append the link definitions of the page that ``source`` refers to."""
        labels = dict.fromkeys(label.lower() for label in LABEL.findall(source))
        lines = [self.defined[label] for label in labels if label in self.defined]
        return "\n\n".join((source, "\n".join(lines))) if lines else source

    def _plain(self, code: str) -> str:
        """Give code with its escaped shortcodes as they are meant."""
        parts: list[str] = []
        position = 0
        for tag in tags(code):
            parts += [code[position : tag.start], tag.shown if tag.shown is not None else ""]
            position = tag.end
        return "".join((*parts, code[position:]))

    def _inline(self, source: str) -> str:
        return without_sole_paragraph(self.surroundings.markdown(source)) if source else ""

    def _reference(self, tag: Tag) -> str:
        wanted = tag.value("path", 0)
        address = self.surroundings.address_of(wanted)
        if not address:
            self._lose(f'{_name(tag)} to "{one_line(wanted)[:_SHOWN]}", which is no page,')
        return address

    def _param(self, tag: Tag, *, nested: bool) -> str:
        key = tag.value("name", 0)
        keys = key.lower().split(".")
        found = text(at(self.surroundings.page, *keys)) or text(at(self.surroundings.site, *keys))
        if not found:
            self._lose(f'{_name(tag)} of "{one_line(key)[:_SHOWN]}", which nobody sets,')
        escaped = html.escape(found)
        return escaped if not found or tag.kind == "%" or nested else self._later(escaped, escaped)

    def _later(self, inline: str, block: str, *, alone: str | None = None) -> str:
        self.pieces.append(Piece(inline=inline, block=block))
        word = f"{self.word}{len(self.pieces) - 1}E"
        return word if alone is None else f"\n{alone}{word}\n"

    def _place(self, match: re.Match[str]) -> str:
        index = int(match[1] or match[2])
        piece = self.pieces[index] if index < len(self.pieces) else None
        if piece is None:
            return ""
        self.pieces[index] = None  # once: a text can't multiply itself
        return self.placed(piece.block if match[1] else piece.inline)

    def _lose(self, what: str) -> None:
        if len(self.lost) < _MAX_LOST:
            self.lost.setdefault(what)


def own_shortcodes(source: str) -> dict[str, int]:
    """Give the shortcodes of the site's own as they stand in ``source``, and where each first does."""
    found: dict[str, int] = {}
    for tag in tags(source):
        if tag.name and not tag.closes and tag.shown is None and tag.name not in _BUILT_IN:
            found.setdefault(_name(tag), tag.start)
            if len(found) == _MAX_LOST:
                break
    return found


def filling(source: str, surroundings: Surroundings) -> Filling:
    """Give what fills in ``source``."""
    number = 0
    while f"SHORTCODE{number}N" in source:
        number += 1
    return Filling(surroundings=surroundings, word=f"SHORTCODE{number}N", defined=definitions(source))


def _name(tag: Tag) -> str:
    slash = "/" if tag.closes else ""
    return f"{{{{{tag.kind} {slash}{one_line(tag.name)[:_SHOWN]} {closing_of(tag.kind)}"


def _same(made: str) -> Piece:
    return Piece(inline=made, block=made)


def _outdented(inner: str) -> str:
    """Give ``inner`` without the indentation that all of its lines share."""
    return textwrap.dedent(inner).strip("\n")


def _is_alone(source: str, start: int, end: int) -> str | None:
    """Give the indentation of a shortcode that has its lines to itself; ``None`` beside text."""
    before = source[max(0, start - _SHOWN) : start]
    after = source[end : end + _SHOWN]
    indent, rest = before.rpartition("\n")[2], after.partition("\n")[0]
    begins = "\n" in before or start < _SHOWN
    ends = "\n" in after or end + _SHOWN >= len(source)
    return indent if begins and ends and not indent.strip() and not rest.strip() else None
