import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What setting up reads, and where the package is.
NEEDED = ("Makefile", "pyproject.toml", "requirements.lock", "README.md", "LICENSE")

#: Without what an outer make tells the inner one.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of the project without its environment."""
    for name in NEEDED:
        shutil.copy(ROOT / name, tmp_path)
    for name in ("syndicate", "templates", "config"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def make(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *words], cwd=checkout, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def python_without_venv(folder: Path) -> Path:
    """Give an interpreter like Debian's without python3-venv: ``ensurepip`` can't be imported."""
    script = folder / "python-without-venv"
    script.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    script.chmod(0o755)
    return script


def complaints(result: subprocess.CompletedProcess[str]) -> list[str]:
    """Give the lines on stderr, without make's own last one."""
    return [line for line in result.stderr.splitlines() if not line.startswith("make: ***")]


def test_without_venv_one_line_says_what_to_install(checkout: Path) -> None:
    result = make(checkout, "setup", f"PYTHON={python_without_venv(checkout)}")

    assert result.returncode == 2
    assert len(complaints(result)) == 1
    assert "apt install python3-venv" in complaints(result)[0]
    assert not (checkout / ".venv").exists()


def test_without_a_new_enough_python_one_line_says_what_to_install(checkout: Path) -> None:
    result = make(checkout, "setup", "PYTHON=")

    assert result.returncode == 2
    assert len(complaints(result)) == 1
    assert complaints(result)[0].startswith("make: no Python 3.11 or later; install one")


def test_make_alone_lists_the_words(checkout: Path) -> None:
    result = make(checkout)

    assert result.returncode == 0
    assert {"run", "test", "test-long", "lint", "serve", "bench"} <= {
        line.split()[1] for line in result.stdout.splitlines()
    }


@pytest.mark.long
def test_setting_up_happens_once_and_again_when_the_lock_changes(checkout: Path) -> None:
    first = make(checkout, "setup")
    second = make(checkout, "setup")
    os.utime(checkout / "requirements.lock")
    third = make(checkout, "setup")

    assert first.stdout.startswith("Setting up .venv with Python 3")
    assert "Nothing to be done" in second.stdout
    assert third.stdout.startswith("Bringing .venv up to date")
    assert (first.stderr, second.stderr, third.stderr) == ("", "", "")
    assert (checkout / ".venv/bin/syndicate").exists()


@pytest.mark.long
def test_an_interrupted_set_up_is_begun_anew(checkout: Path) -> None:
    interrupted = subprocess.Popen(
        ["make", "setup"],
        cwd=checkout,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    with pytest.raises(subprocess.TimeoutExpired):
        interrupted.wait(timeout=8)
    os.killpg(interrupted.pid, signal.SIGKILL)
    interrupted.wait()

    result = make(checkout, "setup")

    assert result.returncode == 0
    assert (checkout / ".venv/.ready").exists()
    assert not (checkout / ".venv/.unfinished").exists()
