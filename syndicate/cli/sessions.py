"""Site and store, open for as long as a command needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from syndicate.cli.head_start import Begun
from syndicate.cli.invocation import Invocation, open_site, settings_of, site_key, site_place
from syndicate.pipeline import River
from syndicate.posts.mirrors import Refreshed, address_of, is_begun, refresh
from syndicate.posts.source import Source
from syndicate.schedule.renaming import rename_lists
from syndicate.settings.schema import Settings
from syndicate.store.opening import lock, open_existing, open_store


@contextmanager
def session(invocation: Invocation) -> Iterator[River]:
    """Open site and store, for commands that any number of processes may run at once."""
    with _opened(*open_site(invocation)) as opened:
        yield opened


@contextmanager
def store_session(invocation: Invocation) -> Iterator[tuple[Settings, sa.Engine]]:
    """Open the store that is there, without looking at the site."""
    settings = settings_of(invocation)
    engine = open_existing(settings)
    try:
        yield settings, engine
    finally:
        engine.dispose()


@contextmanager
def locked_session(invocation: Invocation) -> Iterator[River]:
    """Open site and store for work that one process does at a time; else ``BusyError``."""
    settings, source = open_site(invocation)
    with lock(settings.outbox), _opened(settings, source) as opened:
        yield opened


@contextmanager
def pass_session(invocation: Invocation, begun: Begun | None = None) -> Iterator[River]:
    """Open site and store for a pass, which goes on with what has ``begun``.

    A site that lives elsewhere is asked for first, where that is due.
    """
    if begun:
        with lock(begun.settings.outbox), _opened(begun.settings, begun.source) as opened:
            yield replace(opened, begun=begun.look)
        return
    settings = settings_of(invocation)
    if not address_of(settings):
        with locked_session(invocation) as opened:
            yield opened
        return
    with lock(settings.outbox):
        refreshed = refreshed_of(settings)
        with session(invocation) as opened:
            yield replace(opened, refreshed=refreshed)


@contextmanager
def _opened(settings: Settings, source: Source) -> Iterator[River]:
    engine = open_store(settings, site_key=site_key(settings, source), folder=site_place(settings, source))
    try:
        rename_lists(engine, settings.lists)
        yield River(settings=settings, source=source, engine=engine)
    finally:
        engine.dispose()


def look_again(invocation: Invocation, river: River) -> River:
    """Read the configuration of the site and of syndicate anew; the store stays open."""
    refreshed = refreshed_of(settings_of(invocation))
    settings, source = open_site(invocation)
    rename_lists(river.engine, settings.lists)
    return replace(river, settings=settings, source=source, refreshed=refreshed)


def refreshed_of(settings: Settings) -> Refreshed:
    """Bring the site's mirror up to date; raise what went wrong where there is none to go on with."""
    refreshed = refresh(settings, now=datetime.now(UTC))
    if refreshed.problems and not is_begun(settings):
        raise refreshed.problems[0]
    return refreshed
