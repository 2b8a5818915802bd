"""A message, anybody's, held to what servers, mailbox providers, the law and readers ask, without a network.

This is the door to the package. A rule is one small function with what it is to people; it goes into the
``RULES`` of its module, and its broken message into the tests.
"""

from syndicate.mail.linting import (
    header_rules,
    list_rules,
    look_rules,
    page_rules,
    part_rules,
    reader_rules,
    signature_rules,
    wire_rules,
)
from syndicate.mail.linting.reading import read
from syndicate.mail.linting.rule import Rule
from syndicate.model.finding import Finding, Severity

__all__ = ["RULES", "lint"]

RULES: tuple[Rule, ...] = (
    *wire_rules.RULES,
    *header_rules.RULES,
    *list_rules.RULES,
    *signature_rules.RULES,
    *part_rules.RULES,
    *page_rules.RULES,
    *look_rules.RULES,
    *reader_rules.RULES,
)
_WORST_FIRST = tuple(Severity)


def lint(content: bytes) -> list[Finding]:
    """Give what isn't as it should be in a message, by its place, the worst first where that is one place."""
    document = read(content)
    found = [finding for rule in RULES for finding in rule.findings(document)]
    return sorted(found, key=lambda each: (each.line or 0, _WORST_FIRST.index(each.severity)))
