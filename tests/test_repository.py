import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
#: Migrations are a record: one long list of what was done.
MODULES = sorted(path for path in (ROOT / "syndicate").rglob("*.py") if "migrations" not in path.parts)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    """Give each locked package's text, by name."""
    return {normal(block.split("==")[0]): block for block in re.split(r"\n(?=[a-z])", LOCK) if "==" in block}


def declared() -> list[str]:
    project = PROJECT["project"]
    requirements = [
        *PROJECT["build-system"]["requires"],
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    return [normal(re.split(r"[\[<>=~!; ]", requirement)[0]) for requirement in requirements]


def layers() -> Iterator[tuple[str, bool]]:
    """Give each layer of the import contract, and whether it may be missing."""
    for line in PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]:
        for name in line.split("|"):
            yield name.strip().strip("()"), "(" in name


def places() -> set[str]:
    """Give the modules and folders right under the package."""
    package = ROOT / "syndicate"
    modules = {path.stem for path in package.glob("*.py")}
    return modules | {path.parent.name for path in package.glob("*/__init__.py")}


def make_words() -> list[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)


def functions() -> Iterator[tuple[str, int]]:
    """Give every function and the lines of its body, its docstring and its nested functions left out."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if body:
                    where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                    yield where, (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_the_lock_pins_and_hashes_every_package() -> None:
    for name, block in locked().items():
        assert re.match(r"[\w.-]+==[\w.!+-]+( ;.*)? \\\n", block), name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), name


def test_the_lock_holds_no_address() -> None:
    assert "://" not in LOCK
    assert "--index-url" not in LOCK
    assert "--find-links" not in LOCK


def test_the_lock_holds_everything_the_project_declares() -> None:
    assert [name for name in declared() if name not in locked()] == []


def test_every_word_of_the_makefile_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    missing = [word for word in make_words() if not re.search(rf"`(make )?{word}\b|make {word}\b", readme)]

    assert missing == ["help"]  # `make` alone is that


def test_every_layer_exists_or_is_marked_optional() -> None:
    present = places()

    missing = [name for name, optional in layers() if not optional and name not in present]

    assert missing == []


def test_every_module_and_folder_has_its_layer() -> None:
    assert places() - {"__init__"} <= {name for name, _ in layers()}


def test_the_changelog_is_kept_as_keep_a_changelog_says() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}

    versions = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert text.startswith("# Changelog\n")
    assert versions[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", version) for version in versions[1:])
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_repository_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", document.read_text(encoding="utf-8"))

    broken = [target for target in targets if not leads_somewhere(document, target)]

    assert broken == []


def leads_somewhere(document: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = document.parent / name if name else document
    if not anchor or not file.is_file():
        return file.exists()
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {slug(heading) for heading in headings}


def slug(heading: str) -> str:
    """Give the anchor that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert [path for path, lines in lengths.items() if lines > 400] == []


def test_no_function_goes_on_past_25_lines() -> None:
    assert [where for where, lines in functions() if lines > 25] == []


def test_half_of_all_functions_have_seven_lines_or_fewer() -> None:
    lengths = sorted(lines for _, lines in functions())

    assert lengths[len(lengths) // 2] <= 7


def test_no_module_is_named_for_nothing() -> None:
    names = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}

    assert names & {"utils", "util", "helpers", "manager", "managers", "base", "common", "misc"} == set()


def test_the_outbox_is_empty_in_the_repository() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert "/outbox/*" in ignored
    assert (ROOT / "outbox" / ".gitkeep").exists()


def test_every_command_stands_in_the_readme() -> None:
    import typer.main

    from syndicate.cli.application import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands: dict[str, object] = getattr(typer.main.get_command(app), "commands", {})

    assert commands
    assert [name for name in commands if f"syndicate {name}" not in readme] == []
