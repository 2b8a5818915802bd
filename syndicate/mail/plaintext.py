"""A post's HTML as plain text: 78 columns, and every link by number beneath it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from syndicate.mail.fragment import parsed
from syndicate.mail.links import link

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: RFC 5322 §2.1.1: a line should have no more.
COLUMNS = 78

_BLOCKS = frozenset(
    (  # noqa: SIM905 - a list of names reads best as a text
        "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form "
        "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
    ).split()
)
_SILENT = frozenset({"head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template"})
#: Chinese and Japanese marks that end a clause, and so may end a line.
_CLOSING = frozenset("、。，．：；！？）」』】〉》…")  # noqa: RUF001 - these letters are meant
#: The width classes (UAX #11) of letters that take two columns.
_WIDE = frozenset({"W", "F"})
#: The category of marks that only say how the letters beside them are set.
_UNSEEN = "Cf"
_TOKEN = re.compile(r"\S+")
#: What a list may start at; Python refuses to read a number of thousands of digits.
_START = re.compile(r"[0-9]{1,6}")


def plain(html: str, *, first_link: int = 1, columns: int = COLUMNS) -> tuple[str, int]:
    """Give the fragment as text, and the number of its last link (``first_link - 1`` without one).

    Links are listed beneath, numbered from ``first_link``; no line is longer than ``columns`` but for URLs.
    """
    writer = _Writer(columns=columns, first_link=first_link)
    writer.block(parsed(html), "", "")
    paragraphs = [*writer.paragraphs]
    if writer.links:
        paragraphs.append("\n".join(f"[{number}] {url}" for url, number in writer.links.items()))
    return "\n\n".join(paragraphs), first_link + len(writer.links) - 1


def wrapped(text: str, *, columns: int = COLUMNS, first: str = "", rest: str = "") -> str:
    """Give ``text`` in lines of at most ``columns``, wide letters counted twice; URLs are never cut.

    ``first`` and ``rest`` stand before the first line and the others.
    """
    lines: list[str] = []
    line, used = first, width(first)
    empty = True
    for token, spaced in _tokens(text, columns - max(width(first), width(rest))):
        space = " " if spaced and not empty else ""
        if not empty and used + len(space) + width(token) > columns:
            lines.append(line)
            line, used, space = rest, width(rest), ""
        line, used, empty = line + space + token, used + len(space) + width(token), False
    lines.append(line)
    return "\n".join(piece.rstrip() for piece in lines)


def width(text: str) -> int:
    """Count the columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(letter) or unicodedata.category(letter) == _UNSEEN
        else 2
        if unicodedata.east_asian_width(letter) in _WIDE
        else 1
        for letter in text
    )


def _tokens(text: str, longest: int) -> Iterator[tuple[str, bool]]:
    """Give what a line may be broken between, and whether a space stands before it."""
    for match in _TOKEN.finditer(text):
        word = match[0]
        if "://" in word:
            yield word, True
            continue
        spaced = True
        for piece in _breakable(word, max(longest, 2)):
            yield piece, spaced
            spaced = False


def _breakable(word: str, longest: int) -> Iterator[str]:
    """Cut between the clauses of a script that writes no spaces, and anywhere in what is still too long."""
    piece = ""
    for letter in word:
        clause_ends = piece[-1:] in _CLOSING and letter not in _CLOSING
        if piece and (clause_ends or width(piece) + width(letter) > longest):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


@dataclass(slots=True)
class _Writer:
    """Walks a fragment and collects its paragraphs and links."""

    columns: int
    first_link: int
    paragraphs: list[str] = field(default_factory=list)
    #: Number by URL.
    links: dict[str, int] = field(default_factory=dict)

    def block(self, element: "HtmlElement", first: str, rest: str) -> None:
        """Write what stands in a block: its own lines of text, and the blocks inside it in their order."""
        if element.tag == "pre":
            self._preformatted(element, rest)
            return
        if element.tag == "hr":
            self.paragraphs.append(rest + "* * *")
            return
        run: list[str] = [element.text or ""]
        for child in element:
            if _is_block(child):
                first = self._paragraph(run, first, rest)
                self._child(child, first, rest)
                first = rest
                run = [child.tail or ""]
            else:
                run += [self._inline(child), child.tail or ""]
        self._paragraph(run, first, rest)

    def _child(self, child: "HtmlElement", first: str, rest: str) -> None:
        tag = child.tag
        if tag in ("ul", "ol"):
            self._list(child, rest)
        elif tag == "table":
            self._table(child, rest)
        elif tag == "blockquote":
            quoted = rest + self._mark("> ", rest)
            self.block(child, quoted, quoted)
        elif tag == "dd":
            indented = rest + self._mark("    ", rest)
            self.block(child, indented, indented)
        else:
            self.block(child, first, rest)

    def _paragraph(self, run: Sequence[str], first: str, rest: str) -> str:
        """Write a run of text, if there is any; give what stands before the next line."""
        text = "".join(run)
        written = [
            wrapped(" ".join(line.split()), columns=self.columns, first=first if at == 0 else rest, rest=rest)
            for at, line in enumerate(text.split("\x00"))
        ]
        if not text.replace("\x00", "").strip():
            return first
        self.paragraphs.append("\n".join(written))
        return rest

    def _inline(self, element: "HtmlElement") -> str:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return ""
        if tag == "br":
            return "\x00"
        if tag == "img":
            alt = " ".join((element.get("alt") or "").split())
            return f"[{alt}]" if alt else ""
        inside = (element.text or "") + "".join(self._inline(child) + (child.tail or "") for child in element)
        return self._linked(element, inside) if tag == "a" else inside

    def _linked(self, element: "HtmlElement", inside: str) -> str:
        url = link(element.get("href", ""))
        if url is None or not inside.strip():
            return inside
        if inside.strip() in (url, url.removeprefix("mailto:")):
            return inside
        number = self.links.setdefault(url, self.first_link + len(self.links))
        return f"{inside} [{number}]"

    def _list(self, element: "HtmlElement", rest: str) -> None:
        start = element.get("start", "1")
        number = int(start) if _START.fullmatch(start) else 1
        for item in element.iterchildren("li"):
            mark = self._mark(f"{number}. " if element.tag == "ol" else "* ", rest)
            self.block(item, rest + mark, rest + " " * len(mark))
            number += 1

    def _mark(self, mark: str, rest: str) -> str:
        """Give what goes before a nested block: nothing more once half the line is taken."""
        return mark if width(rest) < self.columns // 2 else ""

    def _table(self, element: "HtmlElement", rest: str) -> None:
        rows = []
        for row in element.iter("tr"):
            cells = (" ".join(self._inline_all(cell).split()) for cell in row.iterchildren("td", "th"))
            line = " | ".join(cell for cell in cells if cell)
            if line:
                rows.append(wrapped(line, columns=self.columns, first=rest, rest=rest + "  "))
        if rows:
            self.paragraphs.append("\n".join(rows))

    def _inline_all(self, element: "HtmlElement") -> str:
        return self._inline(element).replace("\x00", " ")

    def _preformatted(self, element: "HtmlElement", rest: str) -> None:
        indent = rest + "    "
        room = self.columns - len(indent)
        lines = element.text_content().expandtabs(4).strip("\n").split("\n")
        cut = [line[at : at + room] for line in lines for at in range(0, max(len(line), 1), room)]
        self.paragraphs.append("\n".join((indent + line).rstrip() for line in cut))


def _is_block(element: "HtmlElement") -> bool:
    if not isinstance(element.tag, str):
        return False
    return element.tag in _BLOCKS or any(
        isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants()
    )
