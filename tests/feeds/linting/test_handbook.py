"""The page of rules as it stands; ``SYNDICATE_RENEW_GOLDEN=1`` writes it anew."""

import os
from pathlib import Path

from syndicate.feeds.linting import RULES
from syndicate.feeds.linting.rule import EVERY, UNREAD, Rule

PAGE = Path(__file__).parents[3] / "docs" / "checking-feeds.md"
HEAD = """\
# What a feed is held to

`syndicate check FEED` looks at RSS 2.0, Atom 1.0 and JSON Feed 1.1, in a file or at an address, whoever
wrote it. An *error* is what the format forbids or readers stumble over, and makes the exit code 1; a
*warning* is what some readers show wrongly, or what costs more than it needs to; a *hint* could be better.
The rules whose names begin with `http-` look at the server, and need an address.

| rule | | what is right | why | where it is written |
|---|---|---|---|---|
"""


def row(rule: Rule) -> str:
    where = "" if rule.kinds in {EVERY, UNREAD} else f" ({', '.join(sorted(rule.kinds))})"
    cells = (f"`{rule.id}`", str(rule.severity), f"{rule.title}{where}", rule.why, rule.source)
    return f"| {' | '.join(cell.replace('<', '&lt;').replace('|', '&#124;') for cell in cells)} |\n"


def test_the_page_says_what_the_rules_say_today():
    page = HEAD + "".join(map(row, RULES))
    if os.environ.get("SYNDICATE_RENEW_GOLDEN") == "1":
        PAGE.write_text(page, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == page
