import shutil
import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from syndicate.templating import environment, rendered, shipped
from syndicate.templating.compiled import CompiledTemplates, beside_modules

NAME = "style.css"


@pytest.fixture
def ours(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / NAME).write_text("{{ 1 + 1 }} one")
    return folder


def made(ours: Path, kept_in: Path, *, overrides: Path | None = None, writing: bool = True) -> Environment:
    filled = environment(overrides or ours)
    filled.bytecode_cache = CompiledTemplates(ours, kept_in=kept_in, writing=writing)
    return filled


def test_what_was_compiled_once_is_not_compiled_again(tmp_path, ours, monkeypatch):
    first = rendered(made(ours, tmp_path / "kept"), NAME, {})
    again = made(ours, tmp_path / "kept")
    monkeypatch.setattr(again, "compile", lambda *_: pytest.fail("compiled"))

    assert rendered(again, NAME, {}) == first == "2 one"


def test_a_template_that_was_edited_is_compiled_anew(tmp_path, ours):
    rendered(made(ours, tmp_path / "kept"), NAME, {})
    (ours / NAME).write_text("two")

    assert rendered(made(ours, tmp_path / "kept"), NAME, {}) == "two"
    assert len(list((tmp_path / "kept").iterdir())) == 1


@pytest.mark.parametrize("rest", [0, 1, 5, 40, -1])
def test_what_was_cut_short_is_compiled_anew(tmp_path, ours, rest):
    rendered(made(ours, tmp_path / "kept"), NAME, {})
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(kept.read_bytes()[:rest])

    assert rendered(made(ours, tmp_path / "kept"), NAME, {}) == "2 one"


def test_an_editor_s_template_is_not_kept(tmp_path, ours):
    theirs = tmp_path / "theirs"
    shutil.copytree(ours, theirs)

    rendered(made(ours, tmp_path / "kept", overrides=theirs), NAME, {})

    assert not (tmp_path / "kept").exists()


def test_nothing_is_kept_where_nothing_may_be_written(tmp_path, ours):
    (tmp_path / "file").touch()

    assert rendered(made(ours, tmp_path / "kept", writing=False), NAME, {}) == "2 one"
    assert rendered(made(ours, tmp_path / "file" / "kept"), NAME, {}) == "2 one"
    assert not (tmp_path / "kept").exists()


def test_what_could_not_be_kept_leaves_nothing_behind(tmp_path, ours):
    rendered(made(ours, tmp_path / "kept"), NAME, {})
    (kept,) = (tmp_path / "kept").iterdir()
    kept.unlink()
    kept.mkdir()

    assert rendered(made(ours, tmp_path / "kept"), NAME, {}) == "2 one"
    assert list((tmp_path / "kept").iterdir()) == [kept]


def test_ours_are_kept_where_python_keeps_its_own(tmp_path):
    assert beside_modules().name == "__pycache__" or sys.pycache_prefix
    assert environment(tmp_path).get_template("web/feed.html").filename == str(shipped() / "web/feed.html")
