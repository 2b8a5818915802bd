"""Proofs one after the other, from a copy of the store: nothing is sent, and the store isn't touched."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndicate.model.edition import EditionId
from syndicate.pipeline import River
from syndicate.posts.recollection import Recollection
from syndicate.posts.source import Source
from syndicate.reports.proof import Proof, catch_up, proof
from syndicate.schedule.renaming import rename_lists
from syndicate.settings.schema import ListSettings, Settings
from syndicate.store.places import store_path
from syndicate.store.scratch import duplicate


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Site and settings as they are now."""

    settings: Settings
    source: Source
    #: What the store knows the site by, and where it is.
    site_key: str
    site_place: str
    list_settings: ListSettings
    #: The edition that is meant; ``None`` for the list's next.
    edition_id: EditionId | None = None


class Rehearsal:
    """A store that forgets, copied anew when the real one has changed; for one thread at a time."""

    def __init__(self, look: Callable[[], Opening]) -> None:
        self._look = look
        self._stack = ExitStack()
        self._engine: sa.Engine | None = None
        self._recollection = Recollection()
        self._opening: Opening | None = None
        #: Of the store when it was copied, and when ``outdated`` was last asked.
        self._copied: object = None
        self._seen: object = None

    def close(self) -> None:
        """Forget."""
        self._stack.close()

    def proof(self, *, now: datetime) -> tuple[Opening, Proof]:
        """Give the next edition as site, settings, templates and store are now; nothing is written."""
        self._opening = opening = self._look()
        river = River(
            settings=opening.settings,
            source=opening.source,
            engine=self._store(opening),
            recollection=self._recollection,
        )
        rename_lists(river.engine, river.settings.lists)
        catch_up(river, now=now)
        return opening, proof(river, opening.list_settings, edition_id=opening.edition_id, now=now)

    def outdated(self) -> bool:
        """Say whether the store has changed since it was copied, and rests since this was last asked."""
        if self._opening is None:
            return False
        before, self._seen = self._seen, _stamp(self._opening)
        return self._seen == before != self._copied

    def _store(self, opening: Opening) -> sa.Engine:
        stamp = _stamp(opening)
        if self._engine is None or stamp != self._copied:
            self._stack.close()
            self._engine, self._recollection = None, Recollection()
            self._copied = stamp
            self._engine = self._stack.enter_context(
                duplicate(opening.settings, site_key=opening.site_key, folder=opening.site_place)
            )
        return self._engine


def _stamp(opening: Opening) -> object:
    """Give what changes when the embedded store does; one on a server is copied once."""
    path = store_path(opening.settings.outbox)
    stamps = []
    for file in (path, path.with_name(f"{path.name}-wal")):
        try:
            status = file.stat()
        except OSError:
            continue
        if status.st_size:  # who only reads leaves an empty journal for a moment
            stamps.append((file.name, status.st_mtime_ns, status.st_size))
    return opening.site_key, str(path), stamps
