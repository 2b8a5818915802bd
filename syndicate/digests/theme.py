"""How a mail looks: the theme's own file, with the colours and fonts of the configuration over it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from syndicate.digests.fonts import is_dense, stack
from syndicate.errors import SettingsError, TemplateError
from syndicate.model.colour import LEAST_CONTRAST, contrast, is_colour, luminance, mixed, on, readable
from syndicate.settings.locating import locate, nearest_line
from syndicate.settings.reading import read_table
from syndicate.settings.schema import ThemeSettings
from syndicate.settings.theming import NO_FONT, is_font, unread
from syndicate.templating import source_of, themes

if TYPE_CHECKING:
    from jinja2 import Environment

_FILE = "theme.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One scheme of a theme's file; what is "" is derived from the first three."""

    background: str
    text: str
    accent: str
    #: Around the sheet.
    page: str = ""
    #: Beneath code and quotations.
    tint: str = ""
    #: Dates, bylines, footers.
    muted: str = ""
    rule: str = ""
    link: str = ""
    #: A strong ground with no colour of its own, such as a footer's.
    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A theme's file, ``theme.toml``."""

    light: Colours
    dark: Colours
    #: Of texts and headings: "serif", "sans" or a stack.
    font: str = "serif"
    #: Of dates, buttons and the footer.
    small_font: str = "sans"
    #: Of the picture that leads, in pixels; the sheet is 600 wide.
    picture_width: int = 536


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one scheme, each of them set."""

    page: str
    sheet: str
    text: str
    muted: str
    rule: str
    tint: str
    accent: str
    on_accent: str
    link: str
    block: str
    on_block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What the templates know of the look, as ``theme``."""

    name: str
    light: Palette
    dark: Palette
    #: Two values of ``font-family``.
    font: str
    small_font: str
    picture_width: int
    #: "" where the list's name stands in letters.
    logo: str
    logo_alt: str
    logo_width: int

    def script(self, language: str) -> str:
        """Give "dense" for Chinese, Japanese and Korean, else ""."""
        return "dense" if is_dense(language) else ""


def load_theme(environment: "Environment", name: str, settings: ThemeSettings, *, language: str) -> Theme:
    """Give the theme ``name``; ``TemplateError`` or ``SettingsError`` says what must be mended first."""
    if name not in themes(environment):
        known = ", ".join(f'"{each}"' for each in themes(environment))
        raise SettingsError(
            f'theme "{name}": there is none of that name; '
            f"use one of {known}, or make templates/email/themes/{name}/"
        )
    look, file = _look(environment, name)
    light, dark = _light(look.light, settings), _dark(look.dark, settings)
    _check(light, file, {"text": settings.text, "background": settings.background})
    _check(dark, file, {"dark_text": settings.dark_text, "dark_background": settings.dark_background})
    return Theme(
        name=name,
        light=light,
        dark=dark,
        font=stack(settings.font or look.font, language),
        small_font=stack(look.small_font, language),
        picture_width=look.picture_width,
        logo=settings.logo,
        logo_alt=settings.logo_alt,
        logo_width=settings.logo_width,
    )


def _look(environment: "Environment", name: str) -> tuple[Look, str]:
    """Give what the theme's file says, and where it stands."""
    text, file = source_of(environment, f"email/themes/{name}/{_FILE}")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"{file}: is not TOML ({error}); mend it") from error
    look, problems = read_table(Look, table)
    if look is None:
        line = nearest_line(locate(text), problems[0].path)
        raise TemplateError(f"{file}{f':{line}' if line else ''}: {problems[0].text}")
    for key in ("font", "small_font"):
        if not is_font(getattr(look, key)):
            raise TemplateError(f"{file}:{nearest_line(locate(text), (key,))}: {NO_FONT}")
    for scheme in ("light", "dark"):
        for field in fields(Colours):
            value = getattr(getattr(look, scheme), field.name)
            if value and not is_colour(value):
                line = nearest_line(locate(text), (scheme, field.name))
                raise TemplateError(f'{file}:{line}: "{value}" is no colour; write six digits, "#0a5c8a"')
    return look, file


def _light(colours: Colours, settings: ThemeSettings) -> Palette:
    given = {"background": settings.background, "text": settings.text, "accent": settings.accent}
    return palette(_over(colours, given))


def _dark(colours: Colours, settings: ThemeSettings) -> Palette:
    given = {
        "background": settings.dark_background,
        "text": settings.dark_text,
        "accent": settings.dark_accent or settings.accent,
    }
    return palette(_over(colours, given))


def _over(colours: Colours, given: Mapping[str, str]) -> Colours:
    """Put the user's colours in; what the theme chose to go with the others is derived anew."""
    changed = {key: value for key, value in given.items() if value}
    if "accent" in changed:
        changed["link"] = ""
    if "background" in changed or "text" in changed:
        changed |= dict.fromkeys(("page", "tint", "muted", "rule", "link", "block"), "")
    return replace(colours, **changed)


def palette(colours: Colours) -> Palette:
    """Give every colour of a scheme; those derived are read on whatever they stand on."""
    sheet, text = colours.background, colours.text
    page = colours.page or mixed(sheet, text, 0.06)
    tint = colours.tint or mixed(sheet, text, 0.05)
    grounds = (sheet, page, tint)
    block = colours.block or mixed(min(sheet, text, key=luminance), "#000000", 0.2)
    return Palette(
        page=page,
        sheet=sheet,
        text=text,
        muted=colours.muted or readable(mixed(text, sheet, 0.35), grounds, towards=text),
        rule=colours.rule or mixed(sheet, text, 0.15),
        tint=tint,
        accent=colours.accent,
        on_accent=on(colours.accent),
        link=colours.link or readable(colours.accent, grounds, towards=text),
        block=block,
        on_block=on(block),
    )


def _check(scheme: Palette, file: str, given: Mapping[str, str]) -> None:
    """Raise where a text can't be read on what it stands on, naming whoever chose the colour."""
    for colour in (scheme.text, scheme.muted, scheme.link):
        for ground in (scheme.sheet, scheme.page, scheme.tint):
            if contrast(colour, ground) < LEAST_CONTRAST:
                keys = [f"theme.{key}" for key, value in given.items() if value]
                if keys:
                    raise SettingsError(f"{keys[0]}: {unread(colour, ground)}")
                raise TemplateError(f"{file}: {unread(colour, ground)}")
