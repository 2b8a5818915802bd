"""What is in a piece of HTML that feed readers trip over: found in one pass, in time linear to its length."""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from syndicate.feeds.linting.vocabulary import (
    DANGEROUS_TAGS,
    TAGS,
    TAGS_THAT_CLOSE_THEMSELVES,
)
from syndicate.tags import VOID_TAGS, Tag, cut

_ADDRESSES = frozenset({"href", "src", "poster", "cite", "action", "data", "formaction"})
_VERBATIM = frozenset({"code", "kbd", "pre", "samp", "tt", "textarea", "script", "style"})
_FOREIGN = frozenset({"svg", "math"})
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_SCRIPT_ADDRESS = re.compile(r"[\x00-\x20]*(?:java|vb)script:|[\x00-\x20]*data:text/html", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
#: Of what is named in a finding (characters).
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What one text holds, each thing once."""

    #: Tags that HTML hasn't got.
    unknown: tuple[str, ...] = ()
    #: Tags that are opened and never closed, or closed and never opened.
    unclosed: tuple[str, ...] = ()
    #: ``<script>``, ``onclick=``, ``javascript:``.
    dangerous: tuple[str, ...] = ()
    #: Addresses that say where only together with the page they stood on.
    relative: tuple[str, ...] = ()
    #: Addresses, as they are written.
    addresses: tuple[str, ...] = ()
    #: What was escaped twice, as a reader would show it.
    twice: tuple[str, ...] = ()


def examine(html: str) -> Markup:
    """Give what is in ``html``."""
    look = _Look()
    for part in cut(html):
        if isinstance(part, str):
            look.text(part)
        else:
            look.tag(part)
    return look.result()


class _Look:
    """One pass over the parts of a text."""

    def __init__(self) -> None:
        self._open: list[str] = []
        #: How many of each are open: a search in the list would cost the square of a hostile depth.
        self._depth: Counter[str] = Counter()
        self._found: dict[str, dict[str, None]] = {
            name: {} for name in ("unknown", "unclosed", "dangerous", "relative", "addresses", "twice")
        }

    def text(self, text: str) -> None:
        if not self._within(_VERBATIM):
            self._note("twice", *_ESCAPED.findall(unescape(text)))

    def tag(self, tag: Tag) -> None:
        foreign = tag.name in _FOREIGN or self._within(_FOREIGN)
        if not foreign and tag.name not in TAGS and "-" not in tag.name:
            self._note("unknown", f"<{tag.name}>")
            return
        if tag.closing:
            self._close(tag.name)
            return
        self._attributes(tag)
        if tag.name not in VOID_TAGS and not (tag.closed and foreign):
            self._open.append(tag.name)
            self._depth[tag.name] += 1

    def result(self) -> Markup:
        left = (name for name in self._open if name not in TAGS_THAT_CLOSE_THEMSELVES)
        self._note("unclosed", *(f"<{name}>" for name in left))
        return Markup(**{name: tuple(found) for name, found in self._found.items()})

    def _close(self, name: str) -> None:
        if not self._depth[name]:
            if name not in VOID_TAGS | {"p"}:  # "</p>" makes an empty paragraph
                self._note("unclosed", f"</{name}>")
            return
        while True:
            left = self._open.pop()
            self._depth[left] -= 1
            if left == name:
                return
            if left not in TAGS_THAT_CLOSE_THEMSELVES:
                self._note("unclosed", f"<{left}>")

    def _within(self, names: frozenset[str]) -> bool:
        return any(self._depth[name] for name in names)

    def _attributes(self, tag: Tag) -> None:
        if tag.name in DANGEROUS_TAGS:
            self._note("dangerous", f"<{tag.name}>")
        for name, value in tag.attributes.items():
            if name.startswith("on"):
                self._note("dangerous", f"{name}=")
            elif name in _ADDRESSES:
                self._address(value.strip())
            elif name == "srcset":
                for candidate in value.split(", "):
                    self._address(candidate.strip().partition(" ")[0])

    def _address(self, value: str) -> None:
        self._note("addresses", value)
        if _SCRIPT_ADDRESS.match(value):
            self._note("dangerous", f"{value.partition(':')[0].strip()}:")
        elif value and not _SCHEME.match(value) and not value.startswith("#"):
            self._note("relative", value)

    def _note(self, kind: str, *found: str) -> None:
        self._found[kind].update(dict.fromkeys(each[:_LONGEST] for each in found))
