"""What another core does for the feeds while this one writes the posts down."""

from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from syndicate.pipeline.publishing import written_under
from syndicate.pipeline.river import River
from syndicate.posts.arrival import Decision
from syndicate.posts.side_by_side import Crew, crew, helpers_for
from syndicate.settings.schema import FeedSettings

if TYPE_CHECKING:
    from syndicate.feeds.ahead import Ready
    from syndicate.feeds.standing import Standing


class Ahead(ExitStack):
    """Has helpers print the first feeds, where much is new; to be closed.

    What they don't bring home, publishing prints itself, to the same bytes.
    """

    def __init__(self, river: River) -> None:
        super().__init__()
        self._river = river
        self._crew: Crew[FeedSettings, Ready | None] | None = None

    def prepare(self) -> None:
        """Load what printing takes, while other processes read the site and no post is known yet."""
        from syndicate.feeds.ahead import rehearse

        rehearse(self._river.source, self._river.settings, self._standing)

    def hear(self, decision: Decision) -> None:
        """Begin, knowing which posts there are from now on."""
        helpers = helpers_for(len(decision.new) + len(decision.changed))
        if not helpers:
            return
        from syndicate.feeds.ahead import first_of, printing

        settings = self._river.settings
        work = printing(decision.posts, self._river.source, settings, self._standing)
        self._crew = self.enter_context(crew(work, first_of(settings.feeds), helpers=helpers, at_once=1))

    @cached_property
    def _standing(self) -> "Standing":  # it looks at every template
        from syndicate.feeds.standing import Standing

        return Standing(under=written_under(self._river), workshop=self._river.workshop)

    def bring(self) -> None:
        """Put what was printed where publishing looks for it, and print what nobody has begun yet."""
        for _, ready in self._crew.results() if self._crew else ():
            if ready:
                self._river.workshop.prints.keep(*ready)
