"""A feed, anybody's, held to what its format and its readers ask: findings in plain words, with sources.

This is the door to the package. A rule is one small function with what it is to people; it goes into the
``RULES`` of its module, and its broken feed into the tests.
"""

from datetime import datetime

from syndicate.feeds.linting import (
    address_rules,
    date_rules,
    entry_rules,
    exchange_rules,
    feed_rules,
    form_rules,
    identity_rules,
    markup_rules,
    podcast_rules,
)
from syndicate.feeds.linting.document import Exchange
from syndicate.feeds.linting.reading import read
from syndicate.feeds.linting.rule import Rule
from syndicate.model.finding import Finding, Severity

__all__ = ["RULES", "Exchange", "lint"]

RULES: tuple[Rule, ...] = (
    *form_rules.RULES,
    *feed_rules.RULES,
    *identity_rules.RULES,
    *entry_rules.RULES,
    *date_rules.RULES,
    *address_rules.RULES,
    *markup_rules.RULES,
    *podcast_rules.RULES,
    *exchange_rules.RULES,
)
_WORST_FIRST = tuple(Severity)


def lint(content: bytes, *, now: datetime, exchange: Exchange | None = None) -> list[Finding]:
    """Give what isn't as it should be in a feed, by its place, the worst first where there are no lines."""
    document = read(content, now=now, exchange=exchange)
    found = [finding for rule in RULES for finding in rule.findings(document)]
    return sorted(found, key=lambda each: (each.line or 0, _WORST_FIRST.index(each.severity)))
