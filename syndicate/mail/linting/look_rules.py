"""What people see of the HTML part: pictures, links, sizes, colours."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from syndicate.mail.linting.document import Document
from syndicate.mail.linting.page import FILLER, Element, Page, Text
from syndicate.mail.linting.rule import Rule, on_page, rule, shown
from syndicate.mail.linting.styles import Colour, Look, contrast, pixels
from syndicate.model.finding import Severity, Spot

_WIDEST = 600
_WIDTH = re.compile(r"[0-9]{1,4}")
_SMALLEST_FONT = 13
_SMALLEST_BUTTON = 44
_CONTRAST = 4.5
#: WCAG 2.2, "large scale": 18 points, or 14 in bold.
_LARGE, _LARGE_BOLD, _CONTRAST_OF_LARGE = 24, 18.66, 3.0
_LINKS = frozenset({"http", "https", "mailto", "tel", "sms", ""})
_BLANK = FILLER + " \t\n\r\f"


@rule(
    "image-alt",
    Severity.ERROR,
    title="Every picture has an alt",
    why="Screen readers read out the file's name, and who blocks pictures sees nothing.",
    source="WCAG 2.2 §1.1.1; HTML Living Standard §4.8.4.4",
)
def image_alt(mail: Document) -> Iterator[Spot]:
    """Find pictures without."""
    for each in _images(mail):
        if "alt" not in each.attributes:
            what = f"the picture {_address(each, 'src')} has no alt"
            yield on_page(mail, what, 'describe it, or write alt="" where it adds nothing', each.line)


@rule(
    "image-address",
    Severity.ERROR,
    title="Every picture is at an https address",
    why="Gmail shows no data: picture, nobody finds a relative one, and http is loaded by few.",
    source="caniemail: image-base64; RFC 3986 §4.2",
)
def image_address(mail: Document) -> Iterator[Spot]:
    """Find data:, relative ones and http; a picture within the message (cid:) is fine."""
    for each in _images(mail):
        scheme, host = _place(each.attributes.get("src", ""))
        if scheme != "cid" and (scheme != "https" or not host):
            what = f"a picture is at {_address(each, 'src')}"
            yield on_page(mail, what, "write its whole https address", each.line)


@rule(
    "image-width",
    Severity.WARNING,
    title="Every picture has a width of at most 600, a whole number",
    why="Outlook for Windows goes by the attribute alone, and shows the file's own width without it.",
    source="caniemail: width; Microsoft, Word 2007 HTML and CSS rendering capabilities in Outlook",
)
def image_width(mail: Document) -> Iterator[Spot]:
    """Find none, percentages, and wider ones."""
    for each in _images(mail):
        width = each.attributes.get("width", "")
        if not _WIDTH.fullmatch(width) or int(width) > _WIDEST:
            what = f'the picture {_address(each, "src")} has width="{width[:20]}"'
            yield on_page(mail, what, "write pixels, such as 536, and the rest in style", each.line)


@rule(
    "layout-width",
    Severity.WARNING,
    title="No table or cell is wider than 600 pixels",
    why="Phones shrink the page to fit it, and the panes of desktop programs cut it off.",
    source="caniemail: width; Microsoft, Word 2007 HTML and CSS rendering capabilities in Outlook",
)
def layout_width(mail: Document) -> Iterator[Spot]:
    """Find wider ones, by their attribute or their inline style."""
    for each in mail.page.named("table", "td", "th") if mail.page else ():
        for given in (each.attributes.get("width", ""), each.style.get("width", "")):
            width = pixels(f"{given}px" if _WIDTH.fullmatch(given) else given, font=None)
            if width is not None and width > _WIDEST:
                what = f"a <{each.name}> is {width:g} pixels wide"
                yield on_page(mail, what, "write 100% and max-width:600px", each.line)


@rule(
    "tracking-pixel",
    Severity.WARNING,
    title="No picture spies on the reader",
    why="It tells who opened it, when and where: that needs consent in Europe, and Apple Mail foils it.",
    source="ePrivacy Directive 2002/58/EC art. 5(3); EDPB Guidelines 2/2023; Apple Mail Privacy Protection",
)
def tracking_pixel(mail: Document) -> Iterator[Spot]:
    """Find pictures of a pixel or two, and hidden ones."""
    for each in _images(mail):
        sizes = [each.attributes.get(name) or each.style.get(name, "") for name in ("width", "height")]
        tiny = [size.removesuffix("px").strip() in {"0", "1"} for size in sizes]
        if all(tiny) or (each.look.hidden and any(tiny)) or _alone(mail, each, tiny):
            yield on_page(mail, f"{_address(each, 'src')} can't be seen", "take it out", each.line)


@rule(
    "link-address",
    Severity.ERROR,
    title="Every link leads to a whole address",
    why="There is no page that a reader could see it from, and scripts don't run.",
    source="RFC 3986 §4.2, §5.1",
)
def link_address(mail: Document) -> Iterator[Spot]:
    """Find relative ones, data:, javascript: and others that mail programs don't open."""
    for each in _links(mail):
        scheme, host = _place(each.attributes["href"])
        web = scheme in {"http", "https"}
        inside = each.attributes["href"].startswith("#")
        if not inside and (not scheme or scheme not in _LINKS or (web and not host)):
            what = f"a link leads to {_address(each, 'href')}"
            yield on_page(mail, what, "write the whole address, with https://", each.line)


@rule(
    "insecure-link",
    Severity.HINT,
    title="Every link is https",
    why="Who reads along sees what is read, and browsers warn.",
    source="RFC 9110 §4.2.2; RFC 7258 §2",
)
def insecure_link(mail: Document) -> Iterator[Spot]:
    """Find http."""
    for each in _links(mail):
        if _place(each.attributes["href"])[0] == "http":
            what = f"a link leads to {_address(each, 'href')}"
            yield on_page(mail, what, "write https, where the site has it", each.line)


@rule(
    "numeric-address",
    Severity.ERROR,
    title="No link or picture is at a bare number or on the machine it was written on",
    why="Phishing looks like this, and filters count it; a private one leads nowhere.",
    source="SpamAssassin 4.0, NUMERIC_HTTP_ADDR, NORMAL_HTTP_TO_IP; RFC 1918; RFC 6761",
)
def numeric_address(mail: Document) -> Iterator[Spot]:
    """Find IP addresses, and localhost."""
    for each in (*_links(mail), *_images(mail)):
        name = "href" if each.name == "a" else "src"
        if _is_number(_place(each.attributes.get(name, ""))[1]):
            what = f"{_address(each, name)} is no public name"
            yield on_page(mail, what, "write the public address", each.line)


@rule(
    "link-name",
    Severity.ERROR,
    title="Every link has words, or a picture with an alt",
    why="Screen readers read out the address, letter by letter.",
    source="WCAG 2.2 §2.4.4, §4.1.2",
)
def link_name(mail: Document) -> Iterator[Spot]:
    """Find links with neither."""
    if mail.page is None:
        return
    named = _named(mail.page)
    for number, each in enumerate(mail.page.elements):
        silent = number not in named and not each.look.hidden
        if each.name == "a" and "href" in each.attributes and silent:
            what = f"the link to {_address(each, 'href')} has no words"
            yield on_page(mail, what, "write some, or the picture's alt", each.line)


@rule(
    "text-size",
    Severity.WARNING,
    title="No text is smaller than 13 pixels",
    why="Phones enlarge it and break the layout, and many people can't read it.",
    source="Apple, Human Interface Guidelines: typography; WebKit: text-size-adjust",
)
def text_size(mail: Document) -> Iterator[Spot]:
    """Find smaller ones, as inline styles say."""
    for text in _read(mail):
        size = text.look.font_pixels
        if size is not None and size < _SMALLEST_FONT:
            what = f"{shown(text.value, 30)!r} has {size:g} pixels"
            yield on_page(mail, what, f"write font-size:{_SMALLEST_FONT}px or more", text.line)


@rule(
    "button-size",
    Severity.WARNING,
    title="Every button is 44 pixels high",
    why="A thumb misses smaller ones.",
    source="WCAG 2.2 §2.5.5; Apple, Human Interface Guidelines: buttons",
)
def button_size(mail: Document) -> Iterator[Spot]:
    """Find lower ones, where inline styles say how high they are."""
    for each in _links(mail):
        height = _height(each)
        if height is not None and height < _SMALLEST_BUTTON:
            what = f"the button to {_address(each, 'href')} is {height:g} pixels high"
            yield on_page(mail, what, "add to its padding or line-height", each.line)


@rule(
    "contrast",
    Severity.WARNING,
    title="Text stands out from its ground by 4.5 to 1, large text by 3 to 1",
    why="Many people can't read it, and nobody in the sun.",
    source="WCAG 2.2 §1.4.3",
)
def colour_contrast(mail: Document) -> Iterator[Spot]:
    """Find less, once for each pair of inline colours."""
    seen: set[tuple[Colour, Colour, float]] = set()
    for text in _read(mail):
        ink, ground, least = text.look.colour, text.look.background, _least(text.look)
        if ink is None or ground is None or (ink, ground, least) in seen:
            continue
        seen.add((ink, ground, least))
        found = contrast(ink, ground)
        if found < least:
            what = f"{shown(text.value, 30)!r} is {_hex(ink)} on {_hex(ground)}, {found:.1f} to 1"
            yield on_page(mail, what, f"make it {least:g} to 1 at least", text.line)


def _images(mail: Document) -> list[Element]:
    return mail.page.named("img") if mail.page else []


def _links(mail: Document) -> list[Element]:
    return [each for each in mail.page.named("a") if "href" in each.attributes] if mail.page else []


def _read(mail: Document) -> Iterator[Text]:
    """Give the texts that people see."""
    for text in mail.page.texts if mail.page else ():
        if text.visible and text.value.strip(_BLANK):
            yield text


def _address(element: Element, name: str) -> str:
    return shown(element.attributes.get(name, "")) or "nothing"


def _place(address: str) -> tuple[str, str]:
    """Give an address's scheme and host, each "" where it has none."""
    try:
        parts = urlsplit(address.strip())
        return parts.scheme.lower(), parts.hostname or ""
    except ValueError:
        return "", ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return True


def _alone(mail: Document, image: Element, tiny: list[bool]) -> bool:
    """Say whether a picture is a pixel high or wide and says nothing, with its other side left open."""
    given = [image.attributes.get(name) for name in ("width", "height")]
    return mail.page is not None and any(tiny) and None in given and not image.attributes.get("alt")


def _named(page: Page) -> set[int]:
    """Give the numbers of the links that have a name."""
    links = _link_around(page)
    found = {
        at
        for at, each in enumerate(page.elements)
        if (each.attributes.get("aria-label") or each.attributes.get("title") or "").strip()
    }
    for text in page.texts:
        if text.parent is not None and text.value.strip(_BLANK):
            found.add(links[text.parent])
    for at, each in enumerate(page.elements):
        if each.name == "img" and each.attributes.get("alt", "").strip():
            found.add(links[at])
    return found


def _link_around(page: Page) -> list[int]:
    """Give for each element the number of the innermost link it is in, or is; -1 where it is in none."""
    around: list[int] = []
    for at, each in enumerate(page.elements):
        above = -1 if each.parent is None else around[each.parent]
        around.append(at if each.name == "a" else above)
    return around


def _height(link: Element) -> float | None:
    """Give how high a link's box is; ``None`` where it is no box with room around, or nobody can know."""
    font = link.look.font_pixels
    if link.style.get("display") not in {"block", "inline-block"} or font is None:
        return None
    room = _room(link, font)
    written = link.style.get("line-height", "")
    line = pixels(written, font=font)
    if not room or line is None:
        return None
    return room + line


def _room(link: Element, font: float) -> float | None:
    """Give the padding above and below."""
    values = link.style.get("padding", "").split()
    top = link.style.get("padding-top", values[0] if values else "")
    bottom = link.style.get("padding-bottom", values[2] if values[2:] else values[0] if values else "")
    above, below = pixels(top, font=font), pixels(bottom, font=font)
    return None if above is None or below is None else above + below


def _least(look: Look) -> float:
    size = look.font_pixels or 0
    return _CONTRAST_OF_LARGE if size >= (_LARGE_BOLD if look.bold else _LARGE) else _CONTRAST


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{each:02x}" for each in colour)


RULES: tuple[Rule, ...] = (
    image_alt,
    image_address,
    image_width,
    layout_width,
    tracking_pixel,
    link_address,
    insecure_link,
    numeric_address,
    link_name,
    text_size,
    button_size,
    colour_contrast,
)
