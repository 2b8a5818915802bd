import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SYNDICATE = Path(sys.executable).with_name("syndicate")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which `make run` would find what it reads."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("example", "config"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def recipe() -> list[list[str]]:
    """Give the commands of `make run`, from the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    block = makefile.split("ifeq ($(SITE),)")[1].split("else")[0]
    return [
        [str(SYNDICATE), *(word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)[1:])]
        for line in re.findall(r"@\$\(BIN\)/syndicate .*", block)
    ]


def run(command: list[str], folder: Path) -> list[str]:
    """Give the command's lines, but for the one that depends on the day."""
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if not line.startswith("  next ")]


def shown() -> list[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.+?)^```$", readme, re.MULTILINE | re.DOTALL)
    output = next(block for block in blocks if block.startswith("The Harbour Gazette"))
    return [line for line in output.splitlines() if not line.startswith("  next ")]


def test_the_readme_shows_what_make_run_says(folder: Path) -> None:
    readers, once = recipe()

    run(readers, folder)

    assert run(once, folder) == shown()
