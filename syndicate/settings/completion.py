"""The blanks of the settings, filled in from the site; nothing after this asks for defaults."""

import json
import re
from dataclasses import replace
from itertools import chain, count
from urllib.parse import quote, urlsplit, urlunsplit

from syndicate.errors import SettingsError
from syndicate.model.site import Site
from syndicate.settings import redirecting
from syndicate.settings.domain_names import linked_place
from syndicate.settings.schema import FeedSettings, ListSettings, MailSettings, Settings
from syndicate.settings.web_address import is_web_root

#: The feed that holds every post.
_ALL = "all"
#: What RFC 3986 §3.3 lets stand in a path, and the escapes that are there already.
_IN_PATHS = "/%!$&'()*+,;=:@-._~"


def complete(settings: Settings, site: Site) -> Settings:
    """Give settings without blanks: titles, zones, language, base URL, sender, and at least one feed."""
    base_url = _ascii(_base_url(settings.publish.base_url or site.url))
    lists = tuple(_list(each, site) for each in settings.lists)
    completed = replace(
        settings,
        site=replace(settings.site, language=site.language),
        publish=replace(settings.publish, base_url=base_url),
        feeds=tuple(_feed(feed, site) for feed in settings.feeds or _default_feeds(site)),
        lists=lists,
        mail=_mail(settings.mail, site, base_url),
    )
    for problem in redirecting.problems(completed, base_url):  # known only now: the feeds and the address
        raise SettingsError(f"{'.'.join(map(str, problem.path))}: {problem.text}")
    return completed


def _base_url(url: str) -> str:
    """Give it without its last slash; ``SettingsError`` where links made from it would lead nowhere."""
    if (":" in url or url.startswith("//")) and not is_web_root(url):
        raise SettingsError(
            f"site: its url {json.dumps(url, ensure_ascii=False)} is not a web address; "
            'correct it in the site\'s own config, or set base_url = "https://…" under [publish]'
        )
    return url.rstrip("/")


def _ascii(url: str) -> str:
    """Write an address as a header can carry it (RFC 3986, RFC 5890); one that is none stays as it is."""
    try:
        parts = urlsplit(url)
        host = linked_place(parts.netloc)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=host, path=quote(parts.path, safe=_IN_PATHS)))


def _default_feeds(site: Site) -> tuple[FeedSettings, ...]:
    feeds = {_ALL: FeedSettings(name=_ALL)}
    for collection in site.collections:
        wanted = _folder(collection)
        numbered = (f"{wanted}-{number}" for number in count(2))
        name = next(each for each in chain((wanted,), numbered) if each not in feeds)
        feeds[name] = FeedSettings(name=name, collections=(collection,))
    return tuple(feeds.values())


def _folder(collection: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", collection.lower()).strip("-")
    return f"{name or 'unnamed'}-posts" if name in {"", _ALL} else name


def _feed(feed: FeedSettings, site: Site) -> FeedSettings:
    return replace(
        feed,
        title=feed.title or _feed_title(feed, site),
        description=feed.description or site.description,
    )


def _feed_title(feed: FeedSettings, site: Site) -> str:
    title = site.title or feed.name
    filters = (*feed.collections, *feed.categories, *feed.tags, *feed.authors)
    if len(filters) != 1:
        return title
    said = site.collection_titles.get(filters[0], "") if feed.collections else ""
    if not said and filters == ("posts",):
        return title
    return f"{title} | {said or filters[0].replace('_', ' ').capitalize()}"


def _list(settings: ListSettings, site: Site) -> ListSettings:
    return replace(
        settings,
        title=settings.title or site.title or settings.name,
        description=settings.description or site.description,
        zone=settings.zone or site.zone,
    )


def _mail(settings: MailSettings, site: Site, base_url: str) -> MailSettings:
    host = urlsplit(base_url).hostname or "localhost.invalid"
    sender = settings.sender or f'"{_quoted(site.title or host)}" <news@{host}>'
    return replace(settings, sender=sender, reply_to=settings.reply_to or sender)


def _quoted(name: str) -> str:
    """Escape a display name (RFC 5322 §3.2.4)."""
    return " ".join(name.replace("\\", "\\\\").replace('"', '\\"').split())
