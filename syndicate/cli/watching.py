"""What ``syndicate run`` says pass after pass: each thing once, and again only when it has changed."""

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from syndicate.cli.complaints import complaint
from syndicate.cli.invocation import Invocation
from syndicate.cli.output import complain, say, say_json
from syndicate.cli.summary import as_json, lines, served, troubles
from syndicate.errors import SyndicateError
from syndicate.jobs.running import Turn
from syndicate.pipeline import Pass, River
from syndicate.reports.waiting import waiting


@dataclass(slots=True)
class Chronicle:
    """Tells the passes of one process; an unreadable post is named when it becomes so, not all day long."""

    invocation: Invocation
    river: River
    json_output: bool = False
    _told: tuple[str, ...] = ()
    _named: frozenset[tuple[str, str]] = frozenset()

    def tell(self, done: Pass) -> None:
        """Say what a pass did, where it did anything, and name what an editor should see."""
        worked = done.jobs and done.jobs != Turn()
        if done.publication or done.editions or done.started or worked:
            self._say(done)
        stopped = waiting(self.river.engine, now=datetime.now(UTC))
        self._name((*troubles(done), *(("waiting", line) for line in stopped)))

    def give_up(self, error: Exception) -> None:
        """Name what ended a pass before its end; the next one tries again."""
        if self.invocation.verbose and not isinstance(error, SyndicateError):
            traceback.print_exception(error)
        self._name(("error", line) for line in complaint(error))

    def _say(self, done: Pass) -> None:
        whom = served(self.river, done)
        told = tuple(lines(self.river, done, served=whom))
        if told == self._told:  # an edition of which some are put off is looked at in every pass
            return
        self._told = told
        if self.json_output:
            say_json(as_json(done, served=whom))
        elif not self.invocation.quiet:
            say(*told)

    def _name(self, named: Iterable[tuple[str, str]]) -> None:
        now = dict.fromkeys(named)
        for kind, line in now:
            if (kind, line) not in self._named:
                complain([line], kind=kind)
        self._named = frozenset(now)
