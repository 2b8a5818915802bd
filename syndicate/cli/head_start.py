"""A first look at a site, begun by other processes while this one loads what it takes to remember it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from syndicate.cli.invocation import Invocation, open_site, settings_of
from syndicate.posts.looking import HeadStart, Reader, head_start
from syndicate.posts.mirrors import address_of
from syndicate.posts.source import Source
from syndicate.settings.schema import Settings
from syndicate.store.places import store_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A site that is being read."""

    settings: Settings
    source: Source
    look: HeadStart


@contextmanager
def begun(invocation: Invocation) -> Iterator[Begun | None]:
    """Begin to read the site where all of it will have to be read, and a process can be had for it.

    ``None`` also where only the store knows what has to be read, or nothing is fetched yet.
    """
    settings = settings_of(invocation)
    if settings.store.url or store_path(settings.outbox).exists() or address_of(settings):
        yield None
        return
    settings, source = open_site(invocation)
    with head_start(Reader(source=source, settings=settings.posts, now=datetime.now(UTC))) as look:
        yield Begun(settings=settings, source=source, look=look) if look else None
