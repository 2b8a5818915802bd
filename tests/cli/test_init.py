import shutil
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from syndicate.cli import init
from syndicate.cli.invocation import Invocation, open_site
from syndicate.feeds.former_addresses import suggestions
from syndicate.settings.loading import load

EXAMPLE = Path(__file__).parents[2] / "example"


@pytest.mark.parametrize("place", ["config/syndicate.toml", "gazette.toml", "settings/gazette.toml"])
@pytest.mark.parametrize("site", ["site", "../site"])
def test_a_configuration_finds_its_site_wherever_it_stands(tmp_path, monkeypatch, place, site):
    (tmp_path / "desk").mkdir()
    root = (tmp_path / "desk" / site).resolve()
    shutil.copytree(EXAMPLE, root)
    monkeypatch.chdir(tmp_path / "desk")
    invocation = Invocation(
        config=Path(place), site=None, outbox=None, assignments=(), quiet=True, verbose=False
    )
    app = typer.Typer()
    app.command()(init.command)
    context = typer.Context(get_command(app), obj=invocation)

    init.command(context, site)

    _, source = open_site(invocation)
    assert source.site.root == root


def test_the_feeds_that_jekyll_wrote_are_suggested_as_redirects_and_ask_for_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command()(init.command)
    invocation = Invocation(config=None, site=None, outbox=None, assignments=(), quiet=True, verbose=False)

    init.command(typer.Context(get_command(app), obj=invocation), str(EXAMPLE))

    text = Path("config/syndicate.toml").read_text(encoding="utf-8")
    suggested = '# [[redirects]]\n# from = "/feed.xml"\n# to = "/feeds/all/atom.xml"\n'
    assert suggested in text
    assert load(Path("config/syndicate.toml")).redirects == ()
    Path("config/syndicate.toml").write_text(
        text.replace(suggested, suggested.replace("# ", "")), encoding="utf-8"
    )
    assert load(Path("config/syndicate.toml")).redirects == suggestions("jekyll")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pelicanconf.py", "site: a Pelican site\n"),
        (".eleventy.js", "site: an Eleventy site\n"),
        ("notes/a.md", "site: a plain folder\ncollections: notes\n"),
        (
            "astro.config.ts",
            (
                "site: an Astro site\ncollections: none\nwrote a.toml\n"
                "it names no address: set site.url in a.toml, "
                "and publish.base_url if its feeds are elsewhere\n"
                "no configuration says where its posts are: name their folders under site.posts in a.toml\n"
            ),
        ),
    ],
)
def test_it_says_what_it_saw(tmp_path, monkeypatch, capsys, name, said):
    file = tmp_path / "site" / name
    file.parent.mkdir(parents=True)
    file.touch()
    monkeypatch.chdir(tmp_path)
    invocation = Invocation(
        config=Path("a.toml"), site=None, outbox=None, assignments=(), quiet=False, verbose=False
    )
    app = typer.Typer()
    app.command()(init.command)

    init.command(typer.Context(get_command(app), obj=invocation), "site")

    assert capsys.readouterr().out.startswith(said)
