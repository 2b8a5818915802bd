"""What a rule is: a small pure function over a parsed feed, and what it is to people."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from syndicate.feeds.linting.document import Document
from syndicate.feeds.linting.kind import Kind
from syndicate.model.finding import Finding, Severity, Spot, finding

XML = frozenset({Kind.ATOM, Kind.RSS})
EVERY = frozenset({Kind.ATOM, Kind.RSS, Kind.JSON})
#: Of rules for what is no feed.
UNREAD: frozenset[Kind] = frozenset()


Find = Callable[[Document], Iterable[Spot]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every feed should keep to."""

    id: str
    severity: Severity
    #: What is right, in a line.
    title: str
    #: What happens where it is broken.
    why: str
    source: str
    kinds: frozenset[Kind]
    find: Find

    def findings(self, document: Document) -> Iterator[Finding]:
        """Give what breaks the rule in a document; nothing in one of a kind it isn't for."""
        if document.kind not in (self.kinds or {None}):
            return
        for spot in self.find(document):
            yield finding(spot, against=self)


def rule(  # noqa: PLR0913 - what a rule is
    identity: str,
    severity: Severity,
    *,
    title: str,
    why: str,
    source: str,
    kinds: frozenset[Kind] = EVERY,
) -> Callable[[Find], Rule]:
    """Make a rule of the function below."""

    def make(find: Find) -> Rule:
        return Rule(
            id=identity, severity=severity, title=title, why=why, source=source, kinds=kinds, find=find
        )

    return make
