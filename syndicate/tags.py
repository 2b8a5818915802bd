"""HTML cut into tags and texts, in one pass and in time linear to its length, whatever it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

#: HTML Living Standard §13.1.2: they have no end tag.
VOID_TAGS = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - reads best
)
_RAW = frozenset({"script", "style"})
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag or an end tag, its names in lower case."""

    name: str
    closing: bool
    #: Whether it ends in ``/>``.
    closed: bool
    attributes: Mapping[str, str]
    #: Where its ``<`` stands.
    at: int


def cut(html: str) -> Iterator[str | Tag]:
    """Give texts as they are written, and tags; comments are left out, and what never ends is the last."""
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
            if tag.name in _RAW and not tag.closing:
                end = _end_of_raw_text(html, at, tag.name)
                if end > at:
                    yield html[at:end]
                at = end


def _tag(html: str, start: int) -> tuple[int, Tag | None]:
    """Give where to go on, and the tag that begins at ``start``, if one does."""
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        return (end + 3 if end >= 0 else len(html)), None
    if html.startswith(("<!", "<?"), start):
        end = html.find(">", start)
        return (end + 1 if end >= 0 else len(html)), None
    closing = html.startswith("/", start + 1)
    name = _NAME.match(html, start + 1 + closing)
    if name is None:
        return start + 1, None
    end = _end_of_tag(html, name.end())
    body = html[name.end() : end]
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(body):  # of two by one name the first counts (HTML §13.2.5.33)
        attributes.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return end + 1, Tag(name[0].lower(), closing, body.endswith("/"), attributes, start)


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


def _end_of_raw_text(html: str, at: int, name: str) -> int:
    end = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
    return end.start() if end else len(html)
