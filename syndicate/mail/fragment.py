"""A post's HTML made fit for a mail: what clients show, in an outline that continues the page's own."""

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from syndicate.mail.footnotes import unlink
from syndicate.mail.links import link, web_link

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Left out with all they hold.
_DROPPED = (  # noqa: SIM905 - a list of names reads best as a text
    "script style head title template noscript iframe object embed applet video audio canvas svg math form "
    "input select textarea link meta base map area frame frameset dialog"
).split()
#: Written as what every client knows (caniemail: "HTML5 semantics").
_RENAMED = {
    "article": "div",
    "aside": "div",
    "bdi": "span",
    "details": "div",
    "figcaption": "p",
    "figure": "div",
    "footer": "div",
    "header": "div",
    "hgroup": "div",
    "main": "div",
    "nav": "div",
    "section": "div",
    "summary": "p",
}
_KEPT = frozenset(
    (  # noqa: SIM905 - as above
        "a abbr b big blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 "
        "hr i img ins kbd li ol p pre q rp rt ruby s samp small span strike strong sub sup table tbody td "
        "tfoot th thead tr tt u ul var wbr"
    ).split()
)
_ATTRIBUTES = frozenset({"colspan", "dir", "lang", "reversed", "rowspan", "scope", "start", "title", "value"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
#: Python refuses to read a number of thousands of digits.
_PIXELS = re.compile(r"[0-9]{1,6}")
#: Inliners drop text, or crash, some way beyond (html5ever #290, libxml2's 256 levels).
_DEEPEST = 100
#: The width of the text column, for clients that obey nothing but the attribute (Outlook).
COLUMN_PIXELS = 536


def parsed(html: str) -> "HtmlElement":
    """Give the fragment's tree under one ``div``, the boxes of task lists as characters."""
    from lxml.html import fragment_fromstring

    root = fragment_fromstring(_CONTROL.sub("", html), create_parent="div")
    for box in list(root.iter("input")):
        if box.get("type") == "checkbox":
            box.text = "\u2611" if box.get("checked") is not None else "\u2610"
            box.drop_tag()
    return root


def mailable(html: str, *, below: int, images: bool) -> str:
    """Give the fragment with only what a mail can show.

    Its headings continue below level ``below`` without a gap; links and pictures that aren't absolute are
    unwrapped. ``images`` says whether pictures stay. What is nested too deeply is given as one paragraph.
    """
    root = parsed(html)
    unlink(root)
    _strip(root)
    for element in list(root.iter("a")):
        _mend_link(element)
    for element in list(root.iter("img")):
        _mend_image(element, kept=images)
    for element in root.iter("table"):
        if element.find(".//th") is None:
            element.set("role", "presentation")
    _shift_headings(root, below)
    if _depth(root) > _DEEPEST:
        return f"<p>{escape(' '.join(root.text_content().split()), quote=False)}</p>"
    return "".join(_inner(root)).strip()


def _strip(root: "HtmlElement") -> None:
    from lxml.etree import Comment, ProcessingInstruction, strip_elements, strip_tags

    strip_elements(root, *_DROPPED, with_tail=False)
    strip_tags(root, Comment, ProcessingInstruction)
    for element in list(root.iterdescendants()):
        if element.tag in _RENAMED:
            element.tag = _RENAMED[element.tag]
        tag = element.tag
        if tag not in _KEPT:
            element.drop_tag()
        kept = {"href", "src", "alt", "width"} if tag in ("a", "img") else set()
        given = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES | kept}
        if len(given) < len(element.attrib):
            element.attrib.clear()  # one by one lxml can't: it reads a name such as "{" as a namespace's
            element.attrib.update(given)


def _mend_link(element: "HtmlElement") -> None:
    target = link(element.get("href", ""))
    named = element.text_content().strip() or element.find(".//img") is not None
    if target is None or not named:
        element.drop_tag()
        return
    element.set("href", target)


def _mend_image(element: "HtmlElement", *, kept: bool) -> None:
    source = web_link(element.get("src", ""))
    if source is None or not kept:
        _replace_image(element)
        return
    width = element.get("width", "")
    pixels = min(int(width), COLUMN_PIXELS) if _PIXELS.fullmatch(width) else COLUMN_PIXELS
    alt = " ".join((element.get("alt") or "").split())
    if not alt and any(above.tag == "a" for above in element.iterancestors()):
        alt = element.get("title") or "Picture"
    element.set("src", source)
    element.set("alt", alt)
    element.set("width", str(max(pixels, 1)))


def _replace_image(element: "HtmlElement") -> None:
    """Leave the picture's words in its place, and no link without a name."""
    above = element.getparent()
    element.tag = "span"
    element.text = " ".join((element.attrib.pop("alt", "") or "").split())
    for name in ("src", "width"):
        element.attrib.pop(name, None)
    element.drop_tag()
    if above is not None and above.tag == "a" and not above.text_content().strip():
        above.drop_tag()


def _shift_headings(root: "HtmlElement", below: int) -> None:
    headings = list(root.iter(*_HEADINGS))
    top = min((_level(heading) for heading in headings), default=1)
    previous = below
    for heading in headings:
        if not heading.text_content().strip() and heading.find(".//img") is None:
            heading.drop_tree()
            continue
        previous = min(_level(heading) - top + below + 1, previous + 1, len(_HEADINGS))
        heading.tag = f"h{previous}"


def _level(heading: "HtmlElement") -> int:
    return int(heading.tag[1])


def _depth(root: "HtmlElement") -> int:
    from lxml.etree import iterwalk

    depth = deepest = 0
    for event, _ in iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _inner(root: "HtmlElement") -> Iterator[str]:
    from lxml.html import tostring

    yield escape(root.text or "", quote=False)
    for child in root:
        yield tostring(child, encoding="unicode")
