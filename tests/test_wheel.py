import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Give the names of all files in the wheel as it would be published."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def tracked(folder: str) -> list[str]:
    return [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]


@pytest.mark.parametrize("folder", ["templates", "config"])
def test_the_wheel_carries_every_template_and_the_defaults(wheel: set[str], folder: str) -> None:
    files = tracked(folder)

    assert files
    assert [name for name in files if f"syndicate/_data/{name}" not in wheel] == []


def test_the_wheel_carries_the_whole_package(wheel: set[str]) -> None:
    assert [name for name in tracked("syndicate") if name not in wheel] == []


def test_the_wheel_carries_nothing_else(wheel: set[str]) -> None:
    places = {name.split("/")[0] for name in wheel}

    assert len(places) == 2
    assert "syndicate" in places
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)
