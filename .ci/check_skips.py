"""Fail where a test was skipped for a reason that nobody wrote down: ``check_skips.py TESTS.xml ALLOWED``."""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def allowed_reasons(text: str) -> list[re.Pattern[str]]:
    """Read the list: one ``regular expression :: why`` a line, ``#`` begins a comment."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [re.compile(line.split("::")[0].strip()) for line in lines]


def skips(report: Path) -> list[tuple[str, str]]:
    """Give (test, reason) of every skipped test in a JUnit report."""
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - written by pytest a moment ago
    return [
        (f"{case.get('classname')}::{case.get('name')}", found.get("message") or "")
        for case in cases
        if (found := case.find("skipped")) is not None
    ]


def main(report: str, allowed: str) -> int:
    """Print each skip that is not allowed, and give the exit code."""
    reasons = allowed_reasons(Path(allowed).read_text(encoding="utf-8"))
    bad = [
        f"{test}: {why}"
        for test, why in skips(Path(report))
        if not any(reason.fullmatch(why) for reason in reasons)
    ]
    for line in bad:
        sys.stderr.write(f"skipped, and not in {allowed}: {line}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
