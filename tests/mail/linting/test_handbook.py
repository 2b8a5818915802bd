"""The page of rules as it stands; ``SYNDICATE_RENEW_GOLDEN=1`` writes it anew."""

import os
from pathlib import Path

from syndicate.mail.linting import RULES
from syndicate.mail.linting.rule import Rule

PAGE = Path(__file__).parents[3] / "docs" / "checking-messages.md"
HEAD = """\
# What a message is held to

`syndicate check FILE.eml` looks at a message, whoever wrote it, without a network: save one from your mail
program (“Show original”, “Save as”), or take one from `outbox/mail/`. `syndicate edition preview` shows the
same findings before anything is scheduled, and `syndicate edition show` the rules that were broken when an
edition was put together. An *error* is what servers or mailbox providers refuse, or readers
stumble over, and makes the exit code 1; a *warning* is what some see wrongly; a *hint* could be better.
No edition waits for any of it.

What it can't see: whether a signature is valid and a domain has SPF and DMARC (that needs DNS), what a style
sheet makes of the page (sizes and colours are those of inline styles, which are all that many programs obey),
and whether the address at the end is yours.

| rule | | what is right | why | where it is written |
|---|---|---|---|---|
"""


def row(rule: Rule) -> str:
    cells = (f"`{rule.id}`", str(rule.severity), rule.title, rule.why, rule.source)
    escaped = (cell.replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;") for cell in cells)
    return f"| {' | '.join(escaped)} |\n"


def test_the_page_says_what_the_rules_say_today():
    page = HEAD + "".join(map(row, RULES))
    if os.environ.get("SYNDICATE_RENEW_GOLDEN") == "1":
        PAGE.write_text(page, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == page
