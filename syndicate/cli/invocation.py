"""What stands before the command: which configuration, which site, how much to say. No store is loaded."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from syndicate.files import read_secret
from syndicate.posts.mirrors import address_of, located
from syndicate.posts.mirrors.naming import folder_name, site_named
from syndicate.posts.source import Source
from syndicate.posts.sources import open_source
from syndicate.settings.completion import complete
from syndicate.settings.loading import load
from syndicate.settings.schema import Settings, StoreSettings

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


def site_key(settings: Settings, source: Source) -> str:
    """Give what a store remembers its site by: where it is published, else where it is."""
    return source.site.url or site_place(settings, source)


def site_place(settings: Settings, source: Source) -> str:
    """Give where a site is: the address of its feed or repository, else its folder."""
    return address_of(settings) or str(source.site.root)
