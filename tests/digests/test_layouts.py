from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.digests.layouts import broken_layouts
from syndicate.settings.schema import ListSettings, Settings, ThemeSettings
from syndicate.templating import shipped


def template(settings: Settings, name: str, text: str) -> Path:
    file = settings.templates / "email" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["paper", "signal"])
def test_a_shipped_theme_passes(settings: Settings, name: str) -> None:
    assert list(broken_layouts(replace(settings, theme=ThemeSettings(name=name)))) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("digest.html", "one\n{% block %}", "digest.html:2: "),
        ("post.html", "one\n{{ digest.titel }}", "post.html:2: "),
        ("partials/card.html", "\n\n{{ card.titel }}", "card.html:3: "),
        ("partials/lead.html", '\n{% include "email/partials/gone.html" %}', "lead.html:2: there is no"),
        (
            "partials/introduction.html",
            "\n{% if digest.introduction %}{{ digest.intro }}{% endif %}",
            ".html:2: ",
        ),
        ("partials/footer.html", "<tr><td>Bye</td></tr>", "footer.html: the page has no unsubscribe link"),
        ("post.html", "<p>Bye</p>", "post.html: the page has no unsubscribe link"),
        ("themes/paper/theme.css", "p { color: {{ theme.light.txt }}; }", "theme.css:1: "),
        ("themes/paper/theme.toml", "[light]\ntext = 3", "theme.toml:2: "),
        (
            "themes/paper/kept.css",
            "p { color: red }\n</Style><h1>Hi</h1><style>",
            "kept.css:2: holds </style",
        ),
        ("themes/paper/theme.css", "</style\n>", "theme.css:1: holds </style"),
        ("themes/paper/kept.css", "p{color:red}" * 700, "kept.css: Gmail passes over"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_place(settings, name, text, said) -> None:
    template(settings, name, text)

    found = set(broken_layouts(settings))

    assert len(found) == 1
    line = found.pop()
    assert said in line
    assert "; " in line
    assert "\n" not in line


def test_a_name_that_only_a_bare_post_needs_is_found(settings: Settings) -> None:
    template(settings, "partials/meta.html", "{% if not card.byline %}{{ card.nobody }}{% endif %}")

    assert [".html:1: " in each for each in set(broken_layouts(settings))] == [True]


def test_every_theme_that_a_list_uses_is_looked_at(settings: Settings) -> None:
    lists = (ListSettings(name="weekly"), ListSettings(name="loud", theme="mine"))

    (line,) = set(broken_layouts(replace(settings, lists=lists)))

    assert line.startswith('theme "mine": there is none of that name; use one of "paper", "signal", or make')


def test_a_style_sheet_that_a_theme_lacks_is_named(settings: Settings) -> None:
    palette = (shipped() / "email" / "themes" / "paper" / "theme.toml").read_text(encoding="utf-8")
    template(settings, "themes/mine/theme.toml", palette)
    template(settings, "themes/mine/theme.css", "p { color: {{ theme.light.text }}; }")

    (line,) = set(broken_layouts(replace(settings, theme=ThemeSettings(name="mine"))))

    assert line.endswith("there is no template email/themes/mine/kept.css; check the name")


def test_a_theme_of_the_users_own_sets_every_layout(settings: Settings) -> None:
    for name in ("theme.toml", "theme.css", "kept.css"):
        ours = shipped() / "email" / "themes" / "signal" / name
        template(settings, f"themes/mine/{name}", ours.read_text(encoding="utf-8"))

    assert list(broken_layouts(replace(settings, theme=ThemeSettings(name="mine")))) == []


def test_nothing_is_written(settings: Settings, tmp_path: Path) -> None:
    list(broken_layouts(settings))

    assert list(tmp_path.iterdir()) == []
