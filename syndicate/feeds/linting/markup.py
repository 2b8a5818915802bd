"""What is in a piece of HTML that feed readers trip over: found in one pass, in time linear to its length."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from syndicate.feeds.linting.vocabulary import (
    DANGEROUS_TAGS,
    TAGS,
    TAGS_THAT_CLOSE_THEMSELVES,
    VOID_TAGS,
)

_ADDRESSES = frozenset({"href", "src", "poster", "cite", "action", "data", "formaction"})
_VERBATIM = frozenset({"code", "kbd", "pre", "samp", "tt", "textarea", "script", "style"})
_FOREIGN = frozenset({"svg", "math"})
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
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


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    closing: bool
    closed: bool
    attributes: Mapping[str, str]


def examine(html: str) -> Markup:
    """Give what is in ``html``."""
    look = _Look()
    for part in _parts(html):
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

    def tag(self, tag: _Tag) -> None:
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

    def _attributes(self, tag: _Tag) -> None:
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


def _parts(html: str) -> Iterator[str | _Tag]:
    """Give texts and tags; what never ends is the last part."""
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            yield html[at:]
            return
        if start > at:
            yield html[at:start]
        at, tag = _tag(html, start)
        if tag is not None:
            yield tag
            if tag.name in {"script", "style"} and not tag.closing:
                at = _after_raw_text(html, at, tag.name)


def _tag(html: str, start: int) -> tuple[int, _Tag | None]:
    """Give where to go on, and the tag that begins at ``start``, if one does."""
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        return (end + 3 if end >= 0 else len(html)), None
    closing = html.startswith("/", start + 1)
    name = _NAME.match(html, start + 1 + closing)
    if name is None:
        return start + 1, None
    end = _end_of_tag(html, name.end())
    body = html[name.end() : end]
    attributes = {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(body)
    }
    return end + 1, _Tag(name[0].lower(), closing, body.endswith("/"), attributes)


def _end_of_tag(html: str, at: int) -> int:
    """Give where the tag's ``>`` is, outside of quotes; the end of the text where there is none."""
    while at < len(html):
        here = html[at]
        if here == ">":
            return at
        if here in "\"'":
            at = html.find(here, at + 1)
            if at < 0:
                break
        at += 1
    return len(html)


def _after_raw_text(html: str, at: int, name: str) -> int:
    end = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
    return end.start() if end else len(html)
