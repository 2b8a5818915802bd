from pathlib import Path

from syndicate.settings.loading import load
from syndicate.settings.locating import locate
from syndicate.settings.writing import document

CONFIG = Path(__file__).parents[2] / "config" / "syndicate.toml"


def test_the_shipped_file_is_what_the_schema_writes_today(monkeypatch):
    monkeypatch.chdir(CONFIG.parents[1])
    settings = load(Path("config/syndicate.toml"))

    assert document(settings) == CONFIG.read_text(encoding="utf-8")


def test_the_shipped_file_is_for_the_example_site():
    lines = locate(CONFIG.read_text(encoding="utf-8"))

    assert ("site", "path") in lines
    assert ("lists", 0, "cadences") in lines
