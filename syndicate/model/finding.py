"""What a linter says of a document."""

from dataclasses import dataclass
from enum import StrEnum


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
