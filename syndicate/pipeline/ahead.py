"""What another core does for the feeds while this one writes the posts down."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from syndicate.model.post import Post, Reading
from syndicate.pipeline.publishing import written_under
from syndicate.pipeline.river import River
from syndicate.posts.side_by_side import Helper, begun, helpers_for
from syndicate.settings.schema import FeedSettings

if TYPE_CHECKING:
    from syndicate.feeds.ahead import Text


class Ahead:
    """Has a helper render the feeds' full texts, where one may be had and much was read.

    What it doesn't bring home, the feeds render themselves, to the same text.
    """

    def __init__(self, river: River) -> None:
        self._river = river
        self._helper: Helper[FeedSettings, list[Text]] | None = None

    def hear(self, readings: Mapping[str, Reading]) -> None:
        """Begin, knowing what was read."""
        if not helpers_for(len(readings)):
            return
        from syndicate.feeds.ahead import texts_ahead
        from syndicate.feeds.contents import text_key

        settings, source = self._river.settings, self._river.source
        work = partial(
            texts_ahead,
            posts=[each for each in readings.values() if isinstance(each, Post)],
            key=text_key(source.site, settings.posts, under=written_under(self._river)),
            render=source.content_html,
        )
        self._helper = begun(work, settings.feeds, at_once=1)

    def bring(self) -> None:
        """Put what was rendered where publishing looks for it."""
        for texts in self._helper.results() if self._helper else ():
            for key, text in texts:
                self._river.workshop.texts.keep(key, text)

    def end(self) -> None:
        """Leave nothing of it."""
        if self._helper:
            self._helper.dismiss()


@contextmanager
def working_ahead(river: River) -> Iterator[Ahead]:
    """Give what works ahead for one pass."""
    ahead = Ahead(river)
    try:
        yield ahead
    finally:
        ahead.end()
