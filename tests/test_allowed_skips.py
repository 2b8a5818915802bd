import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / ".ci" / "check_skips.py"
REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_one"/>
<testcase classname="tests.a" name="test_two"><skipped message="no PostgreSQL here"/></testcase>
</testsuite></testsuites>"""


def check(folder: Path, allowed: str) -> subprocess.CompletedProcess[str]:
    (folder / "tests.xml").write_text(REPORT)
    (folder / "allowed").write_text(f"# comment\n\n{allowed}\n")
    command = [sys.executable, str(SCRIPT), "tests.xml", "allowed"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_skip_that_nobody_wrote_down_fails(tmp_path: Path) -> None:
    result = check(tmp_path, "no Chromium :: it has no package there")

    assert result.returncode == 1
    assert result.stderr == "skipped, and not in allowed: tests.a::test_two: no PostgreSQL here\n"


def test_a_skip_with_a_reason_passes(tmp_path: Path) -> None:
    result = check(tmp_path, "no PostgreSQL .* :: that machine has none")

    assert (result.returncode, result.stderr) == (0, "")
