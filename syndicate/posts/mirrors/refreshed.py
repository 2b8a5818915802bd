"""What came of asking for a site."""

from dataclasses import dataclass

from syndicate.errors import SyndicateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What an editor should see; what was there before stays in any case."""

    problems: tuple[SyndicateError, ...] = ()
    #: One line each: ``where: what; what to do``.
    warnings: tuple[str, ...] = ()
