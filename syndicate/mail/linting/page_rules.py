"""The HTML part as a document: its frame, its head, its outline, and what must not be in it."""

import re
from collections.abc import Iterator

from syndicate.mail.linting.document import Document
from syndicate.mail.linting.page import FILLER, Element, Page
from syndicate.mail.linting.rule import Rule, on_page, rule, shown
from syndicate.mail.linting.words import words
from syndicate.model.finding import Severity, Spot

_FORBIDDEN = frozenset(
    (  # noqa: SIM905 - a list of names reads best as a text
        "applet audio base button canvas embed form frame frameset iframe input link math object script "
        "select svg textarea video"
    ).split()
)
#: Gmail drops a ``<style>`` that is longer.
_LONGEST_STYLE = 8_192
_EXTERNAL = re.compile(r"@import|url\(\s*['\"]?(?!data:)[^)]", re.IGNORECASE)
_TINY = 2


@rule(
    "doctype",
    Severity.WARNING,
    title="The page begins with <!DOCTYPE html>",
    why="Without it Outlook.com and others lay it out by the rules of the nineties.",
    source="HTML Living Standard §13.1.1",
)
def doctype(mail: Document) -> Iterator[Spot]:
    """Find none, and another."""
    if mail.page and not mail.page.doctype:
        yield on_page(mail, "it has no <!DOCTYPE html>", "write it first", 1)


@rule(
    "page-language",
    Severity.WARNING,
    title="<html>, and an element in <body>, say the language",
    why="Screen readers pronounce by it; webmail throws <html> away, so that it must stand within too.",
    source="WCAG 2.2 §3.1.1; caniemail: html lang",
)
def page_language(mail: Document) -> Iterator[Spot]:
    """Find none."""
    yield from _said_twice(mail, "lang")


@rule(
    "page-direction",
    Severity.WARNING,
    title="<html>, and an element in <body>, say the direction",
    why="Arabic and Hebrew are set from the wrong side, and English within them too.",
    source="HTML Living Standard §3.2.6.4; caniemail: html dir",
)
def page_direction(mail: Document) -> Iterator[Spot]:
    """Find none, and what is neither ltr nor rtl."""
    yield from _said_twice(mail, "dir")


@rule(
    "page-charset",
    Severity.WARNING,
    title="The head names UTF-8",
    why="Programs that save or forward the page forget the header and go by this.",
    source="HTML Living Standard §4.2.5.4",
)
def page_charset(mail: Document) -> Iterator[Spot]:
    """Find none, and another."""
    if mail.page is None:
        return
    metas = mail.page.named("meta")
    given = [each.attributes.get("charset", "").lower() for each in metas]
    old = [each.attributes.get("content", "").lower() for each in metas if "http-equiv" in each.attributes]
    if "utf-8" not in given and not any("charset=utf-8" in each for each in old):
        yield on_page(mail, "its head names no charset utf-8", 'write <meta charset="utf-8">', 1)


@rule(
    "viewport",
    Severity.WARNING,
    title="The head says that the page fits a phone",
    why="Phones show it shrunk to a third.",
    source="CSS Viewport Module Level 1, <meta name=viewport>",
)
def viewport(mail: Document) -> Iterator[Spot]:
    """Find none, and another width."""
    if mail.page and "width=device-width" not in _meta(mail.page, "viewport").replace(" ", ""):
        remedy = 'write <meta name="viewport" content="width=device-width, initial-scale=1">'
        yield on_page(mail, "its head names no viewport", remedy, 1)


@rule(
    "colour-scheme",
    Severity.WARNING,
    title="The head names its colour schemes, in both ways",
    why="Apple Mail and Outlook turn colours round by rules of their own where they aren't told.",
    source="CSS Color Adjustment 1 §2.2 (color-scheme); WebKit: supported-color-schemes",
)
def colour_scheme(mail: Document) -> Iterator[Spot]:
    """Find either missing."""
    for name in ("color-scheme", "supported-color-schemes"):
        if mail.page and not _meta(mail.page, name):
            yield on_page(
                mail, f"its head has no {name}", f'write <meta name="{name}" content="light dark">', 1
            )


@rule(
    "page-title",
    Severity.HINT,
    title="The page's title is the subject",
    why="It names the window, the print and what a screen reader says first; another one confuses.",
    source="WCAG 2.2 §2.4.2",
)
def page_title(mail: Document) -> Iterator[Spot]:
    """Find none, and another."""
    subject = mail.whole.first("subject")
    if mail.page is None or subject is None:
        return
    title, asked = " ".join(mail.page.title.split()), " ".join(words(subject.value).split())
    if title != asked:
        what = f"its title is {shown(title)!r}" if title else "it has no title"
        yield on_page(mail, what, f"write the subject, {shown(asked)!r}", 1)


@rule(
    "one-h1",
    Severity.WARNING,
    title="There is one <h1>",
    why="Screen readers jump from heading to heading, and begin with it.",
    source="WCAG 2.2 §1.3.1; WCAG technique H42",
)
def one_h1(mail: Document) -> Iterator[Spot]:
    """Find none, and several."""
    if mail.page is None:
        return
    found = mail.page.named("h1")
    if len(found) != 1:
        line = found[1].line if found else 1
        yield on_page(mail, f"it has {len(found) or 'no'} <h1>", "make the publication's name the one", line)


@rule(
    "heading-order",
    Severity.HINT,
    title="No level of headings is left out",
    why="Who hears the page looks for what would be in between.",
    source="WCAG 2.2 §1.3.1; WCAG technique G141",
)
def heading_order(mail: Document) -> Iterator[Spot]:
    """Find a heading more than one level below the one before it."""
    if mail.page is None:
        return
    above = 0
    for each in mail.page.named("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(each.name[1])
        if above and level > above + 1:
            yield on_page(mail, f"<{each.name}> comes after <h{above}>", f"make it <h{above + 1}>", each.line)
        above = level


@rule(
    "layout-table",
    Severity.WARNING,
    title='Every table for layout has role="presentation"',
    why="Screen readers read out rows and columns of what is none.",
    source="WAI-ARIA 1.2, role presentation; WCAG 2.2 §1.3.1",
)
def layout_table(mail: Document) -> Iterator[Spot]:
    """Find tables without the role and without a <th>."""
    if mail.page is None:
        return
    of_data = {_table_around(mail.page, each) for each in mail.page.named("th", "caption")}
    for number, each in enumerate(mail.page.elements):
        role = each.attributes.get("role", "").lower()
        if each.name == "table" and role not in {"presentation", "none"} and number not in of_data:
            yield on_page(mail, "a table has no role", 'write role="presentation"', each.line)


@rule(
    "forbidden-element",
    Severity.ERROR,
    title="There is no script, form, frame, link or film in it",
    why="Every mail program takes them out, and many filters the whole message.",
    source="caniemail: HTML elements",
)
def forbidden_element(mail: Document) -> Iterator[Spot]:
    """Find such elements, and attributes that run scripts."""
    if mail.page is None:
        return
    for each in mail.page.elements:
        if each.name in _FORBIDDEN:
            yield on_page(mail, f"there is <{each.name}>", "take it out, or link to it", each.line)
        for name in each.attributes:
            if name.startswith("on"):
                yield on_page(mail, f"there is {shown(name)}=", "take it out", each.line)


@rule(
    "external-style",
    Severity.ERROR,
    title="No style comes from elsewhere",
    why="Nobody loads it, and some programs drop the whole style sheet with it.",
    source="caniemail: @import, @font-face, background-image",
)
def external_style(mail: Document) -> Iterator[Spot]:
    """Find @import and url()."""
    for css in mail.page.styles if mail.page else ():
        match = _EXTERNAL.search(css)
        if match:
            what = f"a style sheet holds {shown(css[match.start() : match.start() + 60], 40)!r}"
            yield on_page(mail, what, "write the rules themselves, and pictures as <img>", None)


@rule(
    "style-size",
    Severity.ERROR,
    title="The style sheets have less than 8,192 bytes",
    why="Gmail drops all of a longer one: no dark mode, no phone.",
    source="Gmail, CSS support; caniemail: style (8,192 characters)",
)
def style_size(mail: Document) -> Iterator[Spot]:
    """Find more."""
    size = sum(len(css.encode("utf-8", "replace")) for css in mail.page.styles) if mail.page else 0
    if size >= _LONGEST_STYLE:
        yield on_page(mail, f"its style sheets have {size:,} bytes", "leave out what nothing uses", None)


@rule(
    "preheader",
    Severity.HINT,
    title="A hidden line at the beginning says what is in it",
    why="Inboxes show it beside the subject; without one they show “View in browser”.",
    source="what inboxes do: Apple Mail, Gmail and Outlook show the first words",
)
def preheader(mail: Document) -> Iterator[Spot]:
    """Find none before the first visible text."""
    if mail.page and not _preheader(mail.page):
        remedy = "write one first in <body>, with display:none;max-height:0;overflow:hidden"
        yield on_page(mail, "it begins with no preheader", remedy, 1)


@rule(
    "preheader-size",
    Severity.WARNING,
    title="What is hidden isn't hidden by a font of 1 pixel",
    why="Spammers hide words so; SpamAssassin takes a point for it.",
    source="SpamAssassin 4.0, FONT_INVIS_MSGID; HTML_FONT_TINY_NORDNS",
)
def preheader_size(mail: Document) -> Iterator[Spot]:
    """Find hidden texts in such a font."""
    if mail.page is None:
        return
    for text in mail.page.texts:
        size = text.look.font_pixels
        hidden = text.look.hidden and text.value.strip(FILLER + " \n\t")
        if hidden and size is not None and size <= _TINY:
            yield on_page(
                mail, "the preheader has font-size:1px", "take the size out; display:none hides", text.line
            )
            return


def _said_twice(mail: Document, name: str) -> Iterator[Spot]:
    """Find an attribute that ``<html>`` hasn't got, or nothing in ``<body>``."""
    if mail.page is None:
        return
    example = f'{name}="{"en" if name == "lang" else "ltr"}"'
    if not any(_says(each, name) for each in mail.page.named("html")):
        yield on_page(mail, f"<html> has no {name}", f"write {example}", 1)
    if not any(_says(each, name) for each in mail.page.elements if each.name != "html"):
        yield on_page(mail, f"nothing in <body> has {name}", f"write {example} on the element around all", 1)


def _says(element: Element, name: str) -> bool:
    value = element.attributes.get(name, "").lower()
    return value in {"ltr", "rtl"} if name == "dir" else bool(value)


def _meta(page: Page, name: str) -> str:
    """Give the content of a ``<meta>``; "" where there is none."""
    found = (each for each in page.named("meta") if each.attributes.get("name", "").lower() == name)
    return next((each.attributes.get("content", "").lower() for each in found), "")


def _table_around(page: Page, element: Element) -> int | None:
    """Give the number of the table a cell belongs to: no cell is further from its own than three levels."""
    at = element.parent
    for _ in range(4):
        if at is None or page.elements[at].name == "table":
            return at
        at = page.elements[at].parent
    return None


def _preheader(page: Page) -> str:
    """Give what is hidden before the first visible word."""
    found = []
    for text in page.texts:
        words_ = " ".join(text.value.strip(FILLER).split())
        if text.visible and words_:
            break
        if text.look.hidden:
            found.append(words_)
    return "".join(found).translate(dict.fromkeys(map(ord, FILLER)))


RULES: tuple[Rule, ...] = (
    doctype,
    page_language,
    page_direction,
    page_charset,
    viewport,
    colour_scheme,
    page_title,
    one_h1,
    heading_order,
    layout_table,
    forbidden_element,
    external_style,
    style_size,
    preheader,
    preheader_size,
)
