from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.digests.theme import Colours, Theme, load_theme, palette
from syndicate.errors import SettingsError, SyndicateError, TemplateError
from syndicate.model.colour import LEAST_CONTRAST, contrast
from syndicate.settings.schema import ThemeSettings
from syndicate.templating import environment, shipped

SHIPPED = ("paper", "signal")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
FILE = """\
[light]
background = "#ffffff"
text = "#111111"
accent = "#ffcc00"
[dark]
background = "#111111"
text = "#eeeeee"
accent = "#ffcc00"
"""


def loaded(templates: Path, name: str = "paper", language: str = "en", **settings: str) -> Theme:
    return load_theme(environment(templates), name, ThemeSettings(**settings), language=language)


def own(templates: Path, text: str, name: str = "mine") -> Path:
    file = templates / "email" / "themes" / name / "theme.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_theme_is_legible_in_both_schemes(tmp_path: Path, name: str) -> None:
    theme = loaded(tmp_path, name)

    for scheme in (theme.light, theme.dark):
        grounds = (scheme.sheet, scheme.page, scheme.tint)
        pairs = [(text, ground) for text in (scheme.text, scheme.muted, scheme.link) for ground in grounds]
        pairs += [(scheme.on_accent, scheme.accent), (scheme.on_block, scheme.block)]
        assert min(contrast(*pair) for pair in pairs) >= 4.5
    assert contrast(theme.light.sheet, theme.dark.sheet) > 10


@given(st.builds(Colours, background=COLOURS, text=COLOURS, accent=COLOURS))
def test_whatever_is_derived_is_read_where_the_text_is(colours: Colours) -> None:
    made = palette(colours)

    grounds = (made.sheet, made.page, made.tint)
    if min(contrast(made.text, ground) for ground in grounds) >= LEAST_CONTRAST:
        assert min(contrast(made.link, ground) for ground in grounds) >= LEAST_CONTRAST
        assert min(contrast(made.muted, ground) for ground in grounds) >= LEAST_CONTRAST
    assert contrast(made.on_accent, made.accent) >= LEAST_CONTRAST
    assert contrast(made.on_block, made.block) >= LEAST_CONTRAST


def test_a_light_accent_is_kept_for_blocks_and_darkened_for_links(tmp_path: Path) -> None:
    light = loaded(tmp_path, accent="#ffcc00").light

    assert light.accent == "#ffcc00"
    assert contrast(light.link, light.sheet) >= LEAST_CONTRAST


def test_dark_mode_takes_the_accent_over_unless_it_has_its_own(tmp_path: Path) -> None:
    assert loaded(tmp_path, accent="#0a5c8a").dark.accent == "#0a5c8a"
    assert loaded(tmp_path, accent="#0a5c8a", dark_accent="#7cc4ee").dark.accent == "#7cc4ee"


def test_the_users_text_and_ground_bring_their_own_shades(tmp_path: Path) -> None:
    plain, own = loaded(tmp_path).light, loaded(tmp_path, background="#eef6ff", text="#102030").light

    assert (own.sheet, own.text) == ("#eef6ff", "#102030")
    for shade in ("page", "muted", "rule", "tint"):
        assert getattr(own, shade) != getattr(plain, shade)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"text": "#cccccc"}, r"^theme\.text: #cccccc on #fffdf8 is hard to read \(1\.5:1\); take colours"),
        ({"background": "#333333"}, r"^theme\.background: #24201b on #333333 is hard to read"),
        ({"dark_text": "#333333"}, r"^theme\.dark_text: #333333 on #1d1a17 is hard to read"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_by_its_key(tmp_path, settings, said) -> None:
    with pytest.raises(SettingsError, match=said):
        loaded(tmp_path, **settings)


def test_a_theme_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    own(tmp_path, FILE)

    with pytest.raises(SettingsError, match=r'^theme "sgnal": there is none .*; use one of "mine", "paper"'):
        loaded(tmp_path, "sgnal")


def test_a_folder_of_the_users_own_is_a_theme(tmp_path: Path) -> None:
    own(tmp_path, FILE + 'link = "#ffdd55"\n')

    theme = loaded(tmp_path, "mine")

    assert (theme.light.sheet, theme.dark.link) == ("#ffffff", "#ffdd55")


def test_a_file_of_a_shipped_theme_can_be_replaced_alone(tmp_path: Path) -> None:
    own(tmp_path, FILE, name="paper")

    assert loaded(tmp_path).light.text == "#111111"
    assert "themes/paper/theme.css" in " ".join(environment(tmp_path).list_templates())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILE.replace("[dark]", "[dark"), r"theme\.toml: is not TOML"),
        (FILE.replace('accent = "#ffcc00"', "", 1), r'theme\.toml:1: "accent" is missing; add it'),
        (FILE.replace("#ffcc00", "gold", 1), r'theme\.toml:4: "gold" is no colour; write six digits'),
        (f'font = "</style>"\n{FILE}', r"theme\.toml:1: letters, digits and hyphens, commas between"),
        (f'small_font = "a; color: red"\n{FILE}', r"theme\.toml:1: letters, digits and hyphens"),
        (FILE + 'lnk = "#000000"\n', r'theme\.toml:9: "lnk" is not a key; did you mean "link"\?'),
        (FILE.replace("#111111", "#cccccc", 1), r"theme\.toml: #cccccc on #ffffff is hard to read"),
    ],
)
def test_a_mistake_in_a_themes_file_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    own(tmp_path, text)

    with pytest.raises(TemplateError, match=said) as caught:
        loaded(tmp_path, "mine")

    assert "\n" not in str(caught.value)


def test_a_theme_without_its_file_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "email" / "themes" / "mine"
    folder.mkdir(parents=True)
    (folder / "theme.css").write_text("", encoding="utf-8")

    with pytest.raises(SyndicateError, match=r"email/themes/mine/theme\.toml: there is no template"):
        loaded(tmp_path, "mine")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_colour_that_dark_mode_changes_is_changed_for_outlook_too(name: str) -> None:
    kept = (shipped() / "email" / "themes" / name / "kept.css").read_text(encoding="utf-8")
    dark, outlook = kept.partition("@media (prefers-color-scheme:dark)")[2].split("\n}\n", 1)

    for colour in ("page", "sheet", "text", "muted", "link", "accent", "on_accent"):
        assert f"d.{colour} " in dark, colour
        assert f"d.{colour} " in outlook, colour


def test_the_configured_font_is_that_of_the_texts_alone(tmp_path: Path) -> None:
    theme = loaded(tmp_path, font="Charter, serif")

    assert theme.font == "Charter, serif"
    assert theme.small_font.endswith("Arial, sans-serif")
