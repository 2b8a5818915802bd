"""An edition's public page: what "view in browser" leads to, with nothing personal on it."""

from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.mail.wire import Wire
from syndicate.templating.phrases import phrases

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def public_page(*, html: str, wire: bytes, templates: Path) -> str:
    """Give a variant's page without its reader: ``html`` and ``wire`` as the variant stores them.

    Elements of the class ``personal`` go; a slot that a template has elsewhere gets a neutral text, or loses
    its link.
    """
    from lxml.html import document_fromstring, tostring

    slots = Wire.parse(wire).slots
    page: HtmlElement = document_fromstring(html)
    for element in page.find_class("personal"):
        _drop(element)
    for link in page.iter("a"):
        if slots.key in link.get("href", ""):
            del link.attrib["href"]
    neutral = phrases(page.get("lang", ""), templates).every_reader
    markup = str(tostring(page, encoding="unicode", doctype="<!DOCTYPE html>"))
    return slots.pattern().sub(neutral, markup)


def _drop(element: "HtmlElement") -> None:
    """Take an element away, and the dot that set it apart from the next."""
    if element.tail:
        element.tail = element.tail.lstrip(" \n·")
    element.drop_tree()
