"""Which feed documents have changed since their hub was last told (WebSub §7): kept in the store.

A document counts as announced in the transaction that asks for its ping, so that whatever dies between
writing a feed and telling of it is told by the next pass, and nothing is told twice.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

from syndicate.feeds.composition import formats_of
from syndicate.feeds.feed import describe
from syndicate.model.site import Site
from syndicate.settings.schema import PublishSettings, Settings
from syndicate.store import topics


def documents(settings: Settings, site: Site) -> dict[str, str]:
    """Give the digest of every document on the disk that a hub is told of, by its address."""
    if not reachable(settings.publish):
        return {}
    return {
        address: hashlib.sha256(file.read_bytes()).hexdigest()
        for address, file in _places(settings, site)
        if file.is_file()
    }


def announce(
    connection: sa.Connection, said: Mapping[str, str], *, hub: str, now: datetime
) -> tuple[str, ...]:
    """Ask for one ping for each document that says something else than when it was last announced."""
    known = topics.digests(connection) if said else {}
    news = {address: digest for address, digest in said.items() if known.get(address) != digest}
    if news:
        _ask_for(connection, news, hub=hub, now=now)
    return tuple(news)


def _ask_for(connection: sa.Connection, news: Mapping[str, str], *, hub: str, now: datetime) -> None:
    from syndicate.feeds.pinging import PING  # this, and what it takes, is for sites that have a hub
    from syndicate.model.job import Task
    from syndicate.store import jobs

    for address in news:
        ping = Task(kind=PING, key=address, payload={"hub": hub, "topic": address})
        jobs.put(connection, ping, not_before=now)
    topics.put(connection, news)


def reachable(publish: PublishSettings) -> bool:
    """Give whether there is a hub, and it could fetch the feeds: a hub on this machine can do it here."""
    if not publish.hub or not publish.base_url:
        return False
    return is_public(publish.base_url) or not is_public(publish.hub)


def is_public(url: str) -> bool:
    """Give whether the host of a web address could be one that everybody reaches."""
    from syndicate.model.public_addresses import is_public_host

    return is_public_host(urlsplit(url).hostname or "")


def _places(settings: Settings, site: Site) -> Iterator[tuple[str, Path]]:
    for each in settings.feeds:
        feed = describe(each, publish=settings.publish, site=site)
        folder = settings.outbox / "public" / "feeds" / each.name
        for known in formats_of(each):
            yield feed.self_url(known.filename), folder / known.filename
