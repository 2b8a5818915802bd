"""Colours as a mail writes them, ``#rrggbb``, and how well one is read on another."""

import re
from collections.abc import Sequence

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
#: WCAG 2.2 §1.4.3, for text of any size.
LEAST_CONTRAST = 4.5
#: What is derived stands a little above it, since clients round and blend.
_DERIVED_CONTRAST = 4.7
_STEPS = 20
_LIGHT, _DARK = "#ffffff", "#000000"


def is_colour(text: str) -> bool:
    """Say whether it is ``#rrggbb``, the one way that every mail client reads."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Give the ratio of two colours' luminances, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Give ``one`` with a ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, grounds: Sequence[str], *, towards: str) -> str:
    """Give the colour nearest to ``colour``, on the way to ``towards``, that is read on all ``grounds``."""
    for step in range(_STEPS):
        shade = mixed(colour, towards, step / _STEPS)
        if all(contrast(shade, ground) >= _DERIVED_CONTRAST for ground in grounds):
            return shade
    return towards


def on(ground: str) -> str:
    """Give white or black, whichever is read better on ``ground``: one of them always is."""
    return max((_LIGHT, _DARK), key=lambda each: contrast(each, ground))


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Give how bright a colour is, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own
