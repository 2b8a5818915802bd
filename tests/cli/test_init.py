import shutil
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from syndicate.cli import init
from syndicate.cli.invocation import Invocation, open_site

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
