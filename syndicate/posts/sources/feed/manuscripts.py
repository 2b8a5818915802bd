"""What the entries of a mirrored feed hold; see ``posts.folder.Manuscripts``."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

from syndicate.errors import PostError
from syndicate.model.post import Omitted
from syndicate.model.site import Site
from syndicate.posts import links
from syndicate.posts.excerpt import Wishes
from syndicate.posts.manuscript import Manuscript, Rendered, image_of
from syndicate.posts.mirrors.feed.document import Entry
from syndicate.posts.mirrors.feed.records import read_entry
from syndicate.posts.plain import text_of
from syndicate.posts.sanitising import sanitise

#: How a generator says that it has cut a text short; what may follow is "Read more" in some language.
_ELLIPSIS = re.compile(r"(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?")
_AFTER_ELLIPSIS = 80


class FeedManuscripts:
    """Reads entries, knowing the site they are of."""

    def __init__(self, *, site: Site) -> None:
        self._site = site

    def read(self, path: str, content: bytes, *, now: datetime) -> Manuscript | Omitted:
        """Give what stands in one entry's file."""
        del now  # what a feed shows is published, whatever its date
        try:
            entry = read_entry(content)
        except ValueError as error:
            raise PostError(
                path, f"is no entry ({error})", "delete it; it is fetched anew while its feed shows it"
            ) from error
        return self._manuscript(path, entry)

    def render(self, manuscript: Manuscript, source: str) -> Rendered:
        """Give HTML of a piece of an entry, by the sanitiser alone."""
        safe = sanitise(source, base=manuscript.head["base"] or manuscript.link)
        lost = ("is nested too deeply and was flattened; tell who makes the feed",) if safe.flattened else ()
        return Rendered(html=safe.html.strip(), raw=source, warnings=lost)

    def _manuscript(self, path: str, entry: Entry) -> Manuscript:
        link = links.absolute(entry.link, self._site.url) or self._site.url
        summary = "" if _is_cut(entry.summary, entry.content) else entry.summary
        published = entry.published or datetime(1970, 1, 1, tzinfo=UTC)
        return Manuscript(
            path=path,
            url=_path(link, self._site.url),
            link=link,
            generator_id=entry.id,
            declared_id=None,  # a feed may change its ids; the mirror knows its entries by more than that
            title=entry.title,
            authors=entry.authors,
            collection="posts",
            categories=entry.categories,
            tags=entry.tags,
            published=published,
            updated=entry.updated or published,
            image=image_of(self._site, entry.image, alt="", page=link),
            language=entry.language or self._site.language,
            head={"base": entry.base},
            body=entry.content or entry.summary,
            markdown=False,
            wishes=_wishes(summary if entry.content else ""),
            said=(text_of(summary), entry.image),
        )


def _wishes(summary: str) -> Wishes:
    return Wishes(own=None, page_separator=None, site_separator="", description=summary)


def _path(link: str, home: str) -> str:
    """Give an address as a path on the site, from "/"."""
    if link == home or link.startswith(f"{home}/"):
        return link.removeprefix(home) or "/"
    parts = urlsplit(link)
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def _is_cut(summary: str, content: str) -> bool:
    """Say whether the summary is only the text broken off somewhere: our own opening is a better one."""
    said, text = text_of(summary), text_of(content)
    for found in _ELLIPSIS.finditer(said, max(0, len(said) - _AFTER_ELLIPSIS)):
        if text.startswith(said[: found.start()].rstrip()):
            return True
    return False
