"""Which redirects can't be meant: those that lead round, over a document, or anywhere but where they say."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote, urljoin, urlsplit

from syndicate.settings.locating import KeyPath
from syndicate.settings.reading import Problem
from syndicate.settings.schema import FeedSettings, RedirectSettings, Settings
from syndicate.settings.web_address import is_web_address

GONE = 410
#: What people come to beside the feeds themselves.
_OURS = frozenset({"/", "/feeds", "/feeds/index.html", "/feeds/feeds.opml", "/unsubscribe"})


def problems(settings: Settings, base_url: str) -> Iterator[Problem]:
    """Give what is wrong with each redirect, by its place in the file."""
    redirects = settings.redirects
    first = {normal(each.from_): index for index, each in reversed(list(enumerate(redirects)))}
    for index, each in enumerate(redirects):
        where: KeyPath = ("redirects", index)
        yield from _shape(where, each)
        if first[normal(each.from_)] != index:
            yield Problem((*where, "from"), f'"{each.from_}" stands twice; take one of them out')
        if _is_taken(normal(each.from_), settings.feeds):
            yield Problem(
                (*where, "from"), f'"{each.from_}" is an address that is in use; take the redirect out'
            )
    yield from _circles(redirects, base_url)


def normal(path: str) -> str:
    """Give a path as it is compared: people come to ``/feed`` and to ``/feed/``, written in either way."""
    return unquote(path).rstrip("/") or "/"


def _shape(where: KeyPath, redirect: RedirectSettings) -> Iterator[Problem]:
    if not is_path(redirect.from_) or set("?#*:") & set(redirect.from_):
        yield Problem(
            (*where, "from"), f'"{redirect.from_}" is no path of this site; write it as "/feed.xml"'
        )
    if redirect.status == GONE and redirect.to:
        yield Problem((*where, "to"), "what is gone (410) leads nowhere; leave it out")
    if redirect.status != GONE and not (is_path(redirect.to) or is_web_address(redirect.to)):
        yield Problem(
            (*where, "to"),
            f'"{redirect.to}" is neither a path nor a web address; write it as "/feeds/all/atom.xml"',
        )


def is_path(text: str) -> bool:
    """Say whether it is a path from the web root, which no client takes for another host's address."""
    return (
        text.startswith("/")
        and not text.startswith("//")
        and text.isprintable()
        and not set(' \\"<>') & set(text)
        and not {".", ".."} & set(text.split("/"))
    )


def _is_taken(path: str, feeds: Sequence[FeedSettings]) -> bool:
    folders = {f"/feeds/{each.name}" for each in feeds}
    names = {"", "/index.html", "/atom.xml", "/rss.xml", "/feed.json"}
    return path in {f"{folder}{name}" for folder in folders for name in names} | _OURS


def _circles(redirects: Sequence[RedirectSettings], base_url: str) -> Iterator[Problem]:
    leads = {normal(each.from_): _own_path(each.to, base_url) for each in redirects if each.status != GONE}
    for index, each in enumerate(redirects):
        if each.status != GONE and _leads_back(normal(each.from_), leads):
            where = ("redirects", index, "to")
            yield Problem(where, f'"{each.from_}" leads back to itself; correct where it leads')


def _leads_back(start: str, leads: Mapping[str, str]) -> bool:
    place = leads[start]
    for _ in leads:
        if place == start:
            return True
        place = leads.get(place, "")
    return False


def _own_path(target: str, base_url: str) -> str:
    """Give the path below the web root that a target is; "" for one elsewhere."""
    if is_path(target):
        return normal(urlsplit(target).path)
    root = f"{base_url.rstrip('/')}/"
    absolute = urljoin(root, target)
    return normal(f"/{urlsplit(absolute[len(root) :]).path}") if absolute.startswith(root) else ""
