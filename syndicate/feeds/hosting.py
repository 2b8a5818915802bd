"""What a host is told in files of its own: media types, caching, and what has moved.

nginx and Caddy have the types in our examples, which include a file with what has moved; it lies beside the
web root. The format of the others is Netlify's (docs.netlify.com, "Custom headers", "Redirects"), which
Cloudflare Pages and others read as well. Only what both have is used: Cloudflare takes a hundred patterns,
and no status 410.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from syndicate.feeds import links, server_rules
from syndicate.feeds.feed import ARCHIVE
from syndicate.feeds.format import Format
from syndicate.feeds.formats import FORMATS
from syndicate.files import write_if_changed
from syndicate.settings.redirecting import GONE
from syndicate.settings.schema import PublishSettings, RedirectSettings, Settings

_JSON = "json"
#: As ``syndicate serve`` has them (seconds).
_FEED_MAX_AGE = 900
#: A document of an archive, from the feed's folder.
_VOLUME = f"{ARCHIVE}/:volume/"


def write(settings: Settings) -> tuple[Path, ...]:
    """Write the files of the host that is named in the settings; give those that now stand."""
    documents = _documents(settings)
    for path, text in documents.items():
        write_if_changed(path, text.encode())
    return tuple(documents)


def _documents(settings: Settings) -> Mapping[Path, str]:
    host, root = settings.publish.static_host, settings.outbox / "public"
    if host == "nginx":
        return {settings.outbox / "nginx-redirects.conf": server_rules.nginx(settings.redirects)}
    if host == "caddy":
        return {settings.outbox / "caddy-redirects": server_rules.caddy(settings.redirects)}
    if host != "netlify":
        return {}
    return {root / "_headers": headers(settings), root / "_redirects": redirects(settings.redirects)}


def headers(settings: Settings) -> str:
    """Give the headers of every feed, one rule a format, and of the archives where there are any."""
    publish = settings.publish
    archives = replace(publish, hub="") if any(feed.archives for feed in settings.feeds) else None
    return "".join(
        f"{line}\n"
        for each in FORMATS.values()
        for line in (*_rule(each, publish, ""), *(_rule(each, archives, _VOLUME) if archives else ()))
    )


def redirects(moved: Sequence[RedirectSettings]) -> str:
    """Give one line for each path that leads elsewhere, and a comment for what such a host can't say."""
    return "".join(f"{_line(each)}\n" for each in moved)


def _rule(known: Format, publish: PublishSettings, within: str) -> Iterator[str]:
    yield f"/feeds/:feed/{within}{known.filename}"
    yield from (f"  {name}: {value}" for name, value in _headers(known, publish).items())


def _headers(known: Format, publish: PublishSettings) -> Mapping[str, str]:
    hub = links.web_url(publish.hub)
    charset = "" if known.name == _JSON else "; charset=utf-8"
    return {
        "Content-Type": f"{known.media_type}{charset}",
        "Cache-Control": f"public, max-age={_FEED_MAX_AGE}",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
        **({"Link": f'<{hub}>; rel="hub"'} if hub else {}),
    }


def _line(moved: RedirectSettings) -> str:
    old = links.escaped(moved.from_)
    if moved.status == GONE:
        return f"# {old} is gone (410), which this kind of host can't say; it answers 404"
    return f"{old} {links.escaped(moved.to)} {moved.status}"
