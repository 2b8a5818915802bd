"""An HTML part as its rules see it: elements, and the visible texts with what they inherit."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from syndicate.mail.linting.styles import Look, declarations, look
from syndicate.tags import VOID_TAGS, Tag, cut

#: What is in them is no text of the page.
_SILENT = frozenset({"head", "script", "style", "template", "title", "noscript"})
_CODE = frozenset({"code", "kbd", "pre", "samp", "tt", "textarea"})
_DOCTYPE = re.compile(r"[\s\ufeff]*<!doctype html\s*>", re.IGNORECASE)
#: What fills up a preheader, and has no shape.
FILLER = "\u034f\u200b\u200c\u200d\u2007\u00a0\u00ad\ufeff"


@dataclass(frozen=True, slots=True)
class Element:
    """One start tag, and what it inherits."""

    name: str
    attributes: Mapping[str, str]
    style: Mapping[str, str]
    look: Look
    #: From 1, in the decoded part.
    line: int
    #: Characters from the part's beginning.
    at: int
    #: The number of the element around it; ``None`` at the top.
    parent: int | None


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters between two tags."""

    #: As people read it.
    value: str
    #: As it is written.
    source: str
    #: The number of the element it is in; ``None`` at the top.
    parent: int | None
    look: Look
    line: int
    #: Whether it is shown at all.
    visible: bool
    #: Whether it is in an element for code.
    code: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is in an HTML part, in its order."""

    html: str
    doctype: bool
    elements: tuple[Element, ...]
    texts: tuple[Text, ...]
    #: Of every ``<style>``.
    styles: tuple[str, ...]
    #: In the ``<title>``.
    title: str

    @classmethod
    def of(cls, html: str) -> "Page":
        """Read a page."""
        walk = _Walk(html)
        for part in cut(html):
            if isinstance(part, str):
                walk.text(part)
            else:
                walk.tag(part)
        return cls(
            html=html,
            doctype=_DOCTYPE.match(html[:1_000]) is not None,
            elements=tuple(walk.elements),
            texts=tuple(walk.texts),
            styles=tuple(walk.styles),
            title="".join(walk.title),
        )

    def named(self, *names: str) -> list[Element]:
        """Give the elements of these names."""
        return [each for each in self.elements if each.name in names]

    def visible_text(self) -> str:
        """Give what people read, texts of different elements apart."""
        return " ".join(text.value for text in self.texts if text.visible)

    def shown_code(self) -> str:
        """Give what people read as code."""
        return "\n".join(text.value for text in self.texts if text.visible and text.code)


class _Walk:
    """One pass over the parts of a page."""

    def __init__(self, html: str) -> None:
        self.elements: list[Element] = []
        self.texts: list[Text] = []
        self.styles: list[str] = []
        self.title: list[str] = []
        self._ends = [match.end() for match in re.finditer("\n", html)]
        self._at = 0
        self._open: list[int] = []
        #: How many of each are open: a search in the list would cost the square of a hostile depth.
        self._depth: Counter[str] = Counter()

    def tag(self, tag: Tag) -> None:
        self._at = tag.at
        if tag.closing:
            self._close(tag.name)
            return
        style = declarations(tag.attributes.get("style", ""))
        self.elements.append(
            Element(
                name=tag.name,
                attributes=tag.attributes,
                style=style,
                look=look(self._look(), tag.name, tag.attributes, style),
                line=self._line(tag.at),
                at=tag.at,
                parent=self._open[-1] if self._open else None,
            )
        )
        if tag.name not in VOID_TAGS:
            self._open.append(len(self.elements) - 1)
            self._depth[tag.name] += 1

    def text(self, source: str) -> None:
        inside = self.elements[self._open[-1]].name if self._open else ""
        if inside == "style":
            self.styles.append(source)
        elif inside == "title" and self._depth["svg"] == 0:
            self.title.append(unescape(source))
        look_ = self._look()
        self.texts.append(
            Text(
                value=unescape(source),
                source=source,
                parent=self._open[-1] if self._open else None,
                look=look_,
                line=self._line(self._at),
                visible=not look_.hidden and not self._within(_SILENT),
                code=self._within(_CODE),
            )
        )

    def _close(self, name: str) -> None:
        if not self._depth[name]:
            return
        while True:
            left = self.elements[self._open.pop()].name
            self._depth[left] -= 1
            if left == name:
                return

    def _look(self) -> Look:
        return self.elements[self._open[-1]].look if self._open else Look()

    def _within(self, names: frozenset[str]) -> bool:
        return any(self._depth[name] for name in names)

    def _line(self, at: int) -> int:
        return bisect_right(self._ends, at) + 1
