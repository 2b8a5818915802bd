import pytest

from syndicate.errors import SettingsError
from syndicate.settings.loading import load


def loaded(folder, text: str):
    file = folder / "syndicate.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_a_theme_its_colours_and_its_logo_are_read(tmp_path):
    theme = loaded(
        tmp_path,
        '[theme]\nname = "signal"\naccent = "#0A5c8a"\nfont = "Charter, serif"\n'
        'logo = "https://x.example/logo.png?v=2"\nlogo_width = 200\n',
    ).theme

    assert (theme.name, theme.accent, theme.logo_width) == ("signal", "#0A5c8a", 200)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('name = "../paper"', r'2: theme\.name: "\.\./paper" is no name of a theme; use "paper"'),
        ('name = ""', r'2: theme\.name: "" is no name of a theme'),
        ('accent = "blue"', r'2: theme\.accent: "blue" is no colour that every client knows'),
        ('dark_text = "#fff"', r'2: theme\.dark_text: "#fff" is no colour'),
        ('text = "#777777"\nbackground = "#888888"', r"2: theme\.text: #777777 on #888888 is hard"),
        ('font = "serif; color: red"', r"2: theme\.font: letters, digits and hyphens"),
        ('font = "</style>"', r"2: theme\.font: letters"),
        ('font = "Cha\'rter, serif"', r"2: theme\.font: letters"),
        ('font = "Charter\', serif"', r"2: theme\.font: letters"),
        ('logo = "http://x.example/a.png"', r'2: theme\.logo: "http://x\.example/a\.png" is no'),
        ('logo = "logo.png"', r"2: theme\.logo: .*https"),
        ('logo = "https://x.example/a.SVG"', r"2: theme\.logo: hardly any mail client draws SVG"),
        ('logo = "https://localhost/a.png"', r"2: theme\.logo: localhost is nowhere that readers can"),
        ('logo = "https://192.168.1.4/a.png"', r"2: theme\.logo: 192\.168\.1\.4 is nowhere that readers"),
        ('logo = "https://[::1]:8443/a.png"', r"2: theme\.logo: ::1 is nowhere that readers can"),
        ('logo = "https://127.1/a.png"', r"2: theme\.logo: 127\.1 is nowhere that readers can"),
        ('logo = "https://wiki/a.png"', r"2: theme\.logo: wiki is nowhere that readers can"),
        ('logo = "https://files.lan./a.png"', r"2: theme\.logo: files\.lan\. is nowhere that readers"),
        ('logo = "https://eve:hush@x.example/a.png"', r"2: theme\.logo: .* a user name or a password"),
        ('logo = "https://eve@x.example/a.png"', r"2: theme\.logo: .* a user name or a password"),
        ("logo_width = 0", r"2: theme\.logo_width: 0 px is no width; use 1 to 536"),
        ("logo_width = 600", r"2: theme\.logo_width: 600 px is no width"),
        ('acent = "#000000"', r'2: theme\.acent: "acent" is not a key; did you mean "accent"\?'),
    ],
)
def test_what_no_mail_could_show_is_named_with_its_line(tmp_path, line, said):
    with pytest.raises(SettingsError, match=said):
        loaded(tmp_path, f"[theme]\n{line}\n")


def test_a_password_in_the_address_of_a_logo_is_not_said_again(tmp_path):
    with pytest.raises(SettingsError) as refused:
        loaded(tmp_path, '[theme]\nlogo = "http://eve:hush@localhost/a.svg"\n')

    assert "hush" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_font_may_stand_in_quotes(tmp_path):
    theme = loaded(tmp_path, "[theme]\nfont = \"'Source Serif 4', Charter, serif\"\n").theme

    assert theme.font == "'Source Serif 4', Charter, serif"


def test_a_lists_own_theme_is_checked_too(tmp_path):
    text = '[[lists]]\nname = "weekly"\ncadences = [{ every = "each" }]\ntheme = "Big Red"\n'

    with pytest.raises(SettingsError, match=r'4: lists\.0\.theme: "Big Red" is no name of a theme'):
        loaded(tmp_path, text)
