"""What stands before the command: which configuration, which site, how much to say."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from syndicate.files import read_secret
from syndicate.pipeline import River
from syndicate.posts.mirrors import Refreshed, address_of, is_begun, located, refresh
from syndicate.posts.mirrors.naming import folder_name, site_named
from syndicate.posts.source import Source
from syndicate.posts.sources import open_source
from syndicate.schedule.renaming import rename_lists
from syndicate.settings.completion import complete
from syndicate.settings.loading import load
from syndicate.settings.schema import Settings, StoreSettings
from syndicate.store.opening import lock, open_existing, open_store

DEFAULT_CONFIG = Path("config/syndicate.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """The global options as they were given."""

    config: Path | None
    #: A folder, or where the site lives on the web.
    site: str | None
    outbox: Path | None
    assignments: tuple[str, ...]
    quiet: bool
    verbose: bool


def settings_of(invocation: Invocation) -> Settings:
    """Give the settings as written: a file's, or with ``--site`` and no ``--config`` the defaults."""
    file = invocation.config or (None if invocation.site else DEFAULT_CONFIG)
    settings = load(file, assignments=invocation.assignments, environment=os.environ)
    if invocation.site:
        named = site_named(invocation.site)
        lives = replace(settings.site, path=named.path, feed=named.feed, git=named.git)
        settings = replace(settings, site=lives)
    return replace(settings, outbox=_outbox(invocation, settings), store=_store(settings.store))


def _store(settings: StoreSettings) -> StoreSettings:
    """Give it with the url that ``url_file`` holds; without this a second, empty store would be begun."""
    if settings.url or settings.url_file is None:
        return settings
    return replace(settings, url=read_secret(settings.url_file, key="store.url_file"))


def _outbox(invocation: Invocation, settings: Settings) -> Path:
    if invocation.outbox:
        return invocation.outbox
    if invocation.site and not invocation.config:  # sites without a configuration don't share a store
        return settings.outbox / folder_name(invocation.site)
    return settings.outbox


def open_site(invocation: Invocation) -> tuple[Settings, Source]:
    """Give completed settings and the site; the store is not touched."""
    settings = settings_of(invocation)
    source = open_source(located(settings))
    return complete(settings, source.site), source


@contextmanager
def session(invocation: Invocation) -> Iterator[River]:
    """Open site and store, for commands that any number of processes may run at once."""
    settings, source = open_site(invocation)
    engine = open_store(settings, site_key=site_key(settings, source), folder=site_place(settings, source))
    try:
        rename_lists(engine, settings.lists)
        yield River(settings=settings, source=source, engine=engine)
    finally:
        engine.dispose()


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
    settings, _ = open_site(invocation)
    with lock(settings.outbox), session(invocation) as opened:
        yield opened


@contextmanager
def pass_session(invocation: Invocation) -> Iterator[River]:
    """Open site and store for a pass; a site that lives elsewhere is asked for first, where that is due."""
    settings = settings_of(invocation)
    if not address_of(settings):
        with locked_session(invocation) as opened:
            yield opened
        return
    with lock(settings.outbox):
        refreshed = refreshed_of(settings)
        with session(invocation) as opened:
            yield replace(opened, refreshed=refreshed)


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


def site_key(settings: Settings, source: Source) -> str:
    """Give what a store remembers its site by: where it is published, else where it is."""
    return source.site.url or site_place(settings, source)


def site_place(settings: Settings, source: Source) -> str:
    """Give where a site is: the address of its feed or repository, else its folder."""
    return address_of(settings) or str(source.site.root)
