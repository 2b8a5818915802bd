"""A post's footnotes in a mail: a number in the text, and the notes at its foot, without a link between them.

A link inside a mail does nothing in Gmail, Outlook and Samsung's mail on many phones, and leads away in
Yahoo's (caniemail: html-anchor-links); that of the page leads to the site, from a text that is all there.
"""

from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What notes and their marks are called by kramdown, goldmark, comrak and Python-Markdown alike.
_NOTE, _MARK = "fn", "fnref"


def unlink(root: "HtmlElement") -> None:
    """Write each mark as "(1)" whose note stands in the text, take the ways back away, rule the notes off."""
    notes = {each.get("id", ""): each for each in root.iter("li") if _is_note(each.get("id", ""))}
    if not notes:
        return
    noted = set(notes.values())
    for link in list(root.iter("a")):
        target = unquote(link.get("href", "").partition("#")[2])
        if target.startswith(_MARK) and not noted.isdisjoint(link.iterancestors("li")):
            _leave_out(link)
        elif target in notes and _is_mark(link):
            link.text, inside = f"({link.text_content().strip('[]() ')})", list(link)
            for each in inside:
                link.remove(each)
            link.drop_tag()
    _rule_off(next(iter(notes.values())))


def _is_note(name: str) -> bool:
    return name.startswith(_NOTE) and not name.startswith(_MARK)


def _is_mark(link: "HtmlElement") -> bool:
    around = link.getparent()
    named = link.get("id", "").startswith(_MARK)
    return named or (around is not None and around.tag == "sup")


def _leave_out(link: "HtmlElement") -> None:
    """Take a way back away, with the space before it."""
    before, above = link.getprevious(), link.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif above is not None:
        above.text = (above.text or "").rstrip()
    link.drop_tree()


def _rule_off(note: "HtmlElement") -> None:
    from lxml.html import Element

    listed = note.getparent()
    if listed is None or listed.tag != "ol":
        return
    before = listed.getprevious()
    if before is None or before.tag != "hr":
        listed.addprevious(Element("hr"))
