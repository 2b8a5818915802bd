"""Findings in words, and for scripts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from syndicate.model.finding import Finding, Severity

#: Of one rule in one document: a fault of a template stands in every entry.
_SHOWN = 5


def lines(name: str, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """Give the kind of each line and the line; why a rule matters stands below its first finding."""
    counts = Counter(each.rule for each in findings)
    told: Counter[str] = Counter()
    for each in findings:
        told[each.rule] += 1
        if told[each.rule] <= _SHOWN:
            yield str(each.severity), _line(name, each)
        if told[each.rule] == 1:
            yield "  why", f"{each.why} {each.source} [{each.rule}]"
        if told[each.rule] == _SHOWN and counts[each.rule] > _SHOWN:
            yield str(each.severity), f"{name}: and {counts[each.rule] - _SHOWN} more of these [{each.rule}]"


def verdict(name: str, findings: Sequence[Finding]) -> str:
    """Give how many of which severity there are."""
    counts = Counter(each.severity for each in findings)
    figures = [f"{counts[kind]} {kind}{'s'[: counts[kind] != 1]}" for kind in Severity if counts[kind]]
    return f"{name}: {', '.join(figures) or 'nothing to find fault with'}"


def as_json(name: str, finding: Finding) -> dict[str, Any]:
    """Give a finding for scripts."""
    return {"file": name, **asdict(finding)}


def _line(name: str, finding: Finding) -> str:
    where = name if finding.line is None else f"{name}:{finding.line}"
    what = f"{finding.part}: {finding.what}" if finding.part else finding.what
    return f"{where}: {what}; {finding.remedy}"
