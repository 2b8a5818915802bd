"""What inline styles make of a text, as far as it can be known without a browser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

Colour = tuple[int, int, int]
#: CSS Color 4 §6.1: the sixteen that mails use.
_NAMES: Mapping[str, Colour] = {
    "black": (0, 0, 0),
    "silver": (192, 192, 192),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "white": (255, 255, 255),
    "maroon": (128, 0, 0),
    "red": (255, 0, 0),
    "purple": (128, 0, 128),
    "fuchsia": (255, 0, 255),
    "green": (0, 128, 0),
    "lime": (0, 255, 0),
    "olive": (128, 128, 0),
    "yellow": (255, 255, 0),
    "navy": (0, 0, 128),
    "blue": (0, 0, 255),
    "teal": (0, 128, 128),
    "aqua": (0, 255, 255),
    "orange": (255, 165, 0),
}
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_LENGTH = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)(px|pt|em|rem|%)?")
#: CSS Fonts 4 §2.5, at 16 pixels for medium.
_SIZES: Mapping[str, float] = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
}
_POINT = 4 / 3
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Of a style attribute that is looked at (characters).
_LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a text inherits; ``None`` for what can't be known."""

    colour: Colour | None = (0, 0, 0)
    background: Colour | None = (255, 255, 255)
    font_pixels: float | None = 16
    bold: bool = False
    hidden: bool = False


def declarations(style: str) -> dict[str, str]:
    """Give the properties of a style attribute in lower case, each with its last value."""
    found = {}
    for each in style[:_LONGEST].split(";"):
        name, colon, value = each.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def look(above: Look, name: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> Look:
    """Give how the texts of an element look, from how those around it do."""
    weight = style.get("font-weight")
    bold = above.bold or name in {"b", "strong", "th"} or name in _HEADINGS
    return replace(
        above,
        colour=_colour(above, name, attributes, style),
        background=_background(above, attributes, style),
        font_pixels=_font(above, name, style),
        bold=bold if weight is None else weight in _BOLD,
        hidden=above.hidden or _hides(attributes, style),
    )


def pixels(value: str, *, font: float | None) -> float | None:
    """Give a length in CSS pixels; ``None`` where it can't be known."""
    match = _LENGTH.fullmatch(value.strip())
    if match is None or match[1] in {"", "-"}:
        return None
    number, unit = float(match[1]), match[2]
    if unit == "px" or number == 0:
        return number
    if unit == "pt":
        return number * _POINT
    if unit == "em":
        return None if font is None else number * font
    return None


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour(value: str) -> Colour | None:
    """Give a colour; ``None`` for what isn't plainly one."""
    value = value.strip().lower()
    match = _HEX.fullmatch(value)
    if match:
        digits = match[1] if len(match[1]) > len("fff") else "".join(each * 2 for each in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    match = _RGB.fullmatch(value)
    if match:
        return min(int(match[1]), 255), min(int(match[2]), 255), min(int(match[3]), 255)
    return _NAMES.get(value)


def _colour(above: Look, name: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> Colour | None:
    given = style.get("color") or (attributes.get("color") if name == "font" else None)
    if given is not None:
        return above.colour if given == "inherit" else colour(given)
    # A link without a colour has the client's own.
    return None if name == "a" and "href" in attributes else above.colour


def _background(above: Look, attributes: Mapping[str, str], style: Mapping[str, str]) -> Colour | None:
    if "url(" in style.get("background", "") or "background-image" in style or "background" in attributes:
        return None
    given = style.get("background-color") or style.get("background") or attributes.get("bgcolor")
    if given is None or given in {"transparent", "none", "inherit"}:
        return above.background
    return colour(given)


def _font(above: Look, name: str, style: Mapping[str, str]) -> float | None:
    given = style.get("font-size")
    if given is None:
        return None if name in {"font", "big", "small", *_HEADINGS} else above.font_pixels
    if given == "inherit":
        return above.font_pixels
    if given in _SIZES:
        return _SIZES[given]
    if given.endswith("%"):
        share = pixels(f"{given[:-1]}px", font=None)
        return None if share is None or above.font_pixels is None else share / 100 * above.font_pixels
    return pixels(given, font=above.font_pixels)


def _hides(attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
    display = style.get("display") == "none" or "hidden" in attributes
    return display or style.get("visibility") == "hidden"


def _luminance(given: Colour) -> float:
    red, green, blue = (_linear(each / 255) for each in given)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own
