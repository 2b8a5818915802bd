"""What a rule is: a small pure function over a parsed message, and what it is to people."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from syndicate.mail.linting.document import Document
from syndicate.model.finding import Finding, Severity, Spot, finding

Find = Callable[[Document], Iterable[Spot]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every message should keep to."""

    id: str
    severity: Severity
    #: What is right, in a line.
    title: str
    #: What happens where it is broken.
    why: str
    source: str
    find: Find

    def findings(self, document: Document) -> Iterator[Finding]:
        """Give what breaks the rule in a message."""
        for spot in self.find(document):
            yield finding(spot, against=self)


def rule(identity: str, severity: Severity, *, title: str, why: str, source: str) -> Callable[[Find], Rule]:
    """Make a rule of the function below."""

    def make(find: Find) -> Rule:
        return Rule(id=identity, severity=severity, title=title, why=why, source=source, find=find)

    return make


def shown(text: str, longest: int = 60) -> str:
    """Give what a finding quotes of a text, in one line."""
    line = " ".join(text[: longest * 4].split())
    return f"{line[:longest]}…" if len(line) > longest else line


def on_page(mail: Document, what: str, remedy: str, line: int | None) -> Spot:
    """Give a spot on the page: its line there in words, and the line at which the part begins in the file."""
    begins = mail.html.body_line if mail.html else None
    return Spot(what, remedy, begins, f"HTML part, line {line}" if line else "HTML part")
