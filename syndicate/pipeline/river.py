"""What flows, and what one pass of it did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from syndicate.errors import SyndicateError
from syndicate.feeds.workshop import Workshop
from syndicate.model.edition import Edition
from syndicate.posts.detection import Detection
from syndicate.posts.looking import HeadStart
from syndicate.posts.mirrors import Refreshed
from syndicate.posts.recollection import Recollection
from syndicate.posts.source import Source
from syndicate.settings.schema import Settings

if TYPE_CHECKING:
    from syndicate.feeds.publishing import Publication
    from syndicate.jobs.running import Turn

#: Told the stage, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """What flows and where: a site, a store, and settings without blanks."""

    settings: Settings
    source: Source
    engine: sa.Engine
    #: What one pass leaves to the next in the same process.
    recollection: Recollection = field(default_factory=Recollection)
    workshop: Workshop = field(default_factory=Workshop)
    #: What came of asking for a site that lives elsewhere.
    refreshed: Refreshed = field(default_factory=Refreshed)
    #: A first look that other processes are at already.
    begun: HeadStart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of the editions that were due."""

    #: As they stand now.
    editions: tuple[Edition, ...] = ()
    #: What stopped single ones.
    problems: tuple[SyndicateError, ...] = ()
    #: What an editor should see, and what stopped none.
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What one pass did."""

    detection: Detection
    #: ``None`` where nothing that a feed shows has changed.
    publication: "Publication | None"
    #: Lists that started in this pass.
    started: tuple[str, ...] = ()
    #: Editions that were frozen, sent, skipped or missed in this pass, as they stand now.
    editions: tuple[Edition, ...] = ()
    #: What stopped the feeds or single editions; everything else went on.
    problems: tuple[SyndicateError, ...] = ()
    #: The jobs that were done, put off or given up in this pass; ``None`` where none were looked for.
    jobs: "Turn | None" = None
    #: One line for each list that is passed over, and for what was given up lately.
    warnings: tuple[str, ...] = ()
