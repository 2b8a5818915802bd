"""What a linter says of a document."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Severity(StrEnum):
    """How bad it is."""

    #: Readers will stumble over it, or the format forbids it.
    ERROR = "error"
    #: Some readers will show it wrongly, or it costs more than it needs to.
    WARNING = "warning"
    #: It could be better.
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule is broken, how, and what to do about it."""

    what: str
    remedy: str
    line: int | None = None
    #: In words; "" for the whole document.
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that isn't as it should be."""

    #: Stays the same for ever, for scripts.
    rule: str
    severity: Severity
    #: From 1; ``None`` where the document has no lines that anybody reads.
    line: int | None
    #: The part of the document in words: ``entry 3 “Fog”``; "" for the whole.
    part: str
    what: str
    #: What to do.
    remedy: str
    #: Why it matters.
    why: str
    #: RFC and section, or the page of the specification.
    source: str


class Broken(Protocol):
    """What a finding says of the rule that is broken."""

    @property
    def id(self) -> str:
        """Its name for scripts."""

    @property
    def severity(self) -> Severity:
        """How bad it is to break it."""

    @property
    def why(self) -> str:
        """What happens where it is broken."""

    @property
    def source(self) -> str:
        """Where it is written."""


def finding(spot: Spot, *, against: Broken) -> Finding:
    """Give what a linter says of a spot where the rule ``against`` is broken."""
    return Finding(
        rule=against.id,
        severity=against.severity,
        line=spot.line,
        part=spot.part,
        what=spot.what,
        remedy=spot.remedy,
        why=against.why,
        source=against.source,
    )
