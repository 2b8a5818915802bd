"""What can be wrong with the look of the mail, as far as the configuration alone tells."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from syndicate.model.colour import LEAST_CONTRAST, contrast, is_colour
from syndicate.settings.locating import KeyPath
from syndicate.settings.reading import Problem
from syndicate.settings.schema import Settings, ThemeSettings
from syndicate.settings.web_address import is_web_address

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What else stood in a font's name could end the declaration it is written into; a lone quote does, too.
_FONT = re.compile(r"[A-Za-z0-9 -]*|'[A-Za-z0-9 -]*'")
#: Said of what is none.
NO_FONT = 'letters, digits and hyphens, commas between: "Charter, Georgia, serif"'
#: The width of the text column.
_WIDEST_LOGO = 536
_COLOURS = ("accent", "background", "text", "dark_accent", "dark_background", "dark_text")


def problems(settings: Settings) -> Iterator[Problem]:
    """Give everything that is wrong, in the order of the file."""
    yield from _name(("theme", "name"), settings.theme.name)
    for index, each in enumerate(settings.lists):
        if each.theme:
            yield from _name(("lists", index, "theme"), each.theme)
    yield from _colours(settings.theme)
    yield from _legibility(settings.theme)
    yield from _font(settings.theme.font)
    yield from _logo(settings.theme)


def _name(path: KeyPath, name: str) -> Iterator[Problem]:
    if not _NAME.fullmatch(name):
        yield Problem(path, f'"{name}" is no name of a theme; use "paper", "signal", or a folder of yours')


def _colours(theme: ThemeSettings) -> Iterator[Problem]:
    for key in _COLOURS:
        value = getattr(theme, key)
        if value and not is_colour(value):
            yield Problem(
                ("theme", key), f'"{value}" is no colour that every client knows; write "#0a5c8a", six digits'
            )


def _legibility(theme: ThemeSettings) -> Iterator[Problem]:
    """Look at a text and its ground where both are given; with the theme's own they are looked at later."""
    for text, ground in (("text", "background"), ("dark_text", "dark_background")):
        pair = (getattr(theme, text), getattr(theme, ground))
        if all(map(is_colour, pair)) and contrast(*pair) < LEAST_CONTRAST:
            yield Problem(("theme", text), unread(*pair))


def unread(text: str, ground: str) -> str:
    """Say how badly a text is read on its ground, and what to do."""
    ratio = int(contrast(text, ground) * 10) / 10
    return f"{text} on {ground} is hard to read ({ratio}:1); take colours further apart, {LEAST_CONTRAST}:1"


def _font(font: str) -> Iterator[Problem]:
    if not is_font(font):
        yield Problem(("theme", "font"), NO_FONT)


def is_font(font: str) -> bool:
    """Say whether it is names of fonts, with commas between, that stay within their declaration."""
    return all(_FONT.fullmatch(name.strip(" ")) for name in font.split(","))


def _logo(theme: ThemeSettings) -> Iterator[Problem]:
    if theme.logo and (trouble := _unshown(theme.logo)):
        yield Problem(("theme", "logo"), trouble)
    if not 0 < theme.logo_width <= _WIDEST_LOGO:
        yield Problem(("theme", "logo_width"), f"{theme.logo_width} px is no width; use 1 to {_WIDEST_LOGO}")


def _unshown(logo: str) -> str:
    """Say why readers wouldn't see a picture at this address, and what to do; "" where they may.

    No name is looked up. One for examples may stand (RFC 2606 §2): nobody means it.
    """
    from syndicate.model.public_addresses import is_public_host  # with a logo alone

    if not is_web_address(logo):
        return f'"{_unsigned(logo)}" is no address that mail shows; write "https://…"'
    parts = urlsplit(logo)
    host = parts.hostname or ""
    if "@" in parts.netloc:
        return f"its readers would learn a user name or a password; put the logo where {host} wants none"
    if parts.scheme != "https":
        return f'"{logo}" is no address that mail shows; write "https://…"'
    if not (is_public_host(host) or host.rstrip(".").endswith(".example")):
        return f"{host} is nowhere that readers can fetch a picture from; put it on your site"
    if parts.path.lower().endswith((".svg", ".svgz")):
        return "hardly any mail client draws SVG; give a PNG of twice the width"
    return ""


def _unsigned(address: str) -> str:
    """Give what is no address without what may be a password in it."""
    return address.rpartition("@")[2]
