"""RSS and Atom in all their dialects, by feedparser; a broken feed too, if anything of it is left.

Its traps, each guarded here: a string that looks like an address is fetched, and one that looks like a path
opened (so it is given a stream); its own sanitiser and its own idea of relative addresses would come before
ours (both off); a second description, such as a picture's, becomes the text of the entry, and a number that
is no character an exception (both are taken out before). One mutated feed in thirty makes it raise something.
"""

import html
import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from syndicate.errors import SiteError
from syndicate.fetching import Response, shown
from syndicate.posts.mirrors.feed.document import Document, Entry
from syndicate.posts.mirrors.feed.wire import address, line, text
from syndicate.posts.plain import as_paragraphs, clean, one_line, text_of, title_text

#: What it calls trouble and what harms nobody: a media type of XML that isn't, a charset that is another.
_HARMLESS = ("NonXMLContentType", "CharacterEncodingOverride")
_COMMENT = re.compile(r"\(([^()]*)\)$")
_BEFORE = re.compile(r"([^<>@]+)<")
_TAG = re.compile(r"<[a-zA-Z/!]")
_MEDIA_RSS = re.compile(rb"xmlns:([\w.-]+)\s*=\s*[\"']http://search\.yahoo\.com/mrss/?[\"']")
_NUMBER = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,100})|([0-9]{1,100}));")
_LAST_CHARACTER = 0x10FFFF
_HIDDEN = "hidden-description"
_KEY = f"media_{_HIDDEN}"
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 7 * 24, "monthly": 30 * 24, "yearly": 365 * 24}


def read_xml(answer: Response) -> Document | None:
    """Give the feed; ``None`` for XML that is none, and for what is no XML."""
    said = _parsed(answer)
    if not said.get("version"):
        return None
    atom = str(said["version"]).startswith("atom")
    feed = said["feed"]
    return Document(
        format="Atom" if atom else "RSS",
        title=_title(feed.get("title_detail"), atom=atom),
        home=address(feed.get("link"), answer.url),
        description=text_of(text(feed.get("subtitle"))),
        language=line(feed.get("language")),
        author=next(_authors(feed, atom=atom), ""),
        entries=tuple(_entry(each, atom=atom, base=answer.url) for each in said["entries"]),
        wait=_wait(feed),
        warnings=tuple(_trouble(said)),
    )


def _parsed(answer: Response) -> Any:  # noqa: ANN401 - feedparser's own kind of mapping
    import feedparser

    try:
        return feedparser.parse(
            io.BytesIO(_defused(answer.content)),
            response_headers={
                "content-type": answer.headers.get("content-type", "application/xml"),
                "content-location": answer.url,
            },
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # KeyError, TypeError, …: somebody's feed must not end our pass
        what = one_line(f"{type(error).__name__} {error}")[:100]
        raise SiteError(
            f"{shown(answer.url)}: can't be read (feedparser: {what}); tell who makes it"
        ) from error


def _defused(content: bytes) -> bytes:
    """Give a feed without numbers that are no characters, and with descriptions of pictures hidden."""
    prefixes = {b"media", *_MEDIA_RSS.findall(content)}
    named = re.compile(rb"<(/?)(" + b"|".join(map(re.escape, sorted(prefixes))) + rb"):description\b")
    return _NUMBER.sub(_character, named.sub(rb"<\1\2:" + _HIDDEN.encode(), content))


def _character(reference: re.Match[bytes]) -> bytes:
    """Give a numeric reference as it is, or nothing where XML has no such character (XML 1.0 §4.1)."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    is_one = code <= _LAST_CHARACTER and clean(chr(code))
    return reference[0] if is_one else b""


def _trouble(said: Mapping[str, Any]) -> Iterator[str]:
    error = said.get("bozo_exception")
    if not said.get("bozo") or type(error).__name__ in _HARMLESS:
        return
    # Without its line: feedparser puts one of its own before the first.
    what = one_line(getattr(error, "getMessage", lambda: str(error))())
    yield f"is no proper XML ({what}) and was read as far as it goes; tell who makes it"


def _entry(said: Mapping[str, Any], *, atom: bool, base: str) -> Entry:
    link = address(said.get("link"), base) or next(_enclosures(said, base, kind=""), "")
    content, content_base = _content(said, atom=atom)
    summary = _html(said.get("summary_detail"), atom=atom) or as_paragraphs(text(said.get(_KEY)))
    full, short = _told_apart(content, summary, atom=atom)
    # Only where it is there: feedparser would give ``published`` for it, with a warning of its own.
    updated = _instant(said.get("updated_parsed") if "updated_parsed" in said else None)
    return Entry(
        id=line(said.get("id")),
        link=link,
        title=_title(said.get("title_detail"), atom=atom),
        authors=tuple(dict.fromkeys(_authors(said, atom=atom))),
        categories=tuple(dict.fromkeys(_categories(said))),
        published=_instant(said.get("published_parsed")) or updated,
        updated=updated,
        language=_language(said),
        image=next(_images(said, link or base), ""),
        content=full,
        summary=short,
        # Its own xml:base (Atom), which is not the document's address.
        base="" if content_base == base else content_base,
    )


def _content(said: Mapping[str, Any], *, atom: bool) -> tuple[str, str]:
    """Give the full text and its base: HTML where there is a choice."""
    kinds = sorted(
        (each for each in said.get("content") or () if text(each.get("value"))),
        key=lambda each: "html" not in text(each.get("type")),
    )
    detail = kinds[0] if kinds else None
    if detail is None:
        return "", text((said.get("summary_detail") or {}).get("base"))
    return _html(detail, atom=atom), text(detail.get("base"))


def _told_apart(content: str, summary: str, *, atom: bool) -> tuple[str, str]:
    """Give the full text and what is said of it; for a podcast in RSS, feedparser has them the wrong way."""
    said, more = text_of(content), text_of(summary)
    if said == more:
        return (max(content, summary, key=len), "") if said else (content, summary)
    swapped = not atom and said and len(said) < len(more)
    return (summary, content) if swapped else (content, summary)


def _html(detail: Any, *, atom: bool) -> str:  # noqa: ANN401 - as above
    if not detail:
        return ""
    value = text(detail.get("value"))
    # RSS doesn't say which it is: without a tag it is text, whose lines are paragraphs, in HTML's escapes.
    plain = "html" not in text(detail.get("type")) if atom else not _TAG.search(value)
    return as_paragraphs(value if atom else html.unescape(value)) if plain else value


def _title(detail: Any, *, atom: bool) -> str:  # noqa: ANN401 - as above
    if not detail:
        return ""
    plain = atom and "html" not in text(detail.get("type"))
    value = text(detail.get("value"))
    return one_line(value) if plain else title_text(value)


def _authors(said: Mapping[str, Any], *, atom: bool) -> Iterator[str]:
    """Give names; an address without one is nobody's business."""
    for each in said.get("authors") or ():
        # feedparser takes "ana@b.example" for "ana@b.exam" of somebody called "ple".
        mailbox = not atom and each.get("email")
        name = _named(line(said.get("author"))) if mailbox else line(each.get("name"))
        if name and "@" not in name:
            yield name


def _named(mailbox: str) -> str:
    """Give the name in RSS's ``ana@harbour.example (Ana)``, or in ``Ana <ana@harbour.example>``."""
    found = _COMMENT.search(mailbox) or _BEFORE.match(mailbox)
    return found[1].strip() if found else ""


def _categories(said: Mapping[str, Any]) -> Iterator[str]:
    for each in said.get("tags") or ():
        name = line(each.get("label")) or line(each.get("term"))
        if name:
            yield name


def _language(said: Mapping[str, Any]) -> str:
    details = (*(said.get("content") or ()), said.get("title_detail") or {})
    return next(filter(None, (line(each.get("language")) for each in details)), "")


def _images(said: Mapping[str, Any], base: str) -> Iterator[str]:
    """Give addresses of pictures: Media RSS, enclosures, iTunes."""
    for each in said.get("media_content") or ():
        if each.get("medium") == "image" or text(each.get("type")).startswith("image/"):
            yield from filter(None, [address(each.get("url"), base)])
    yield from _enclosures(said, base, kind="image/")
    for each in said.get("media_thumbnail") or ():
        yield from filter(None, [address(each.get("url"), base)])
    yield from filter(None, [address((said.get("image") or {}).get("href"), base)])


def _enclosures(said: Mapping[str, Any], base: str, *, kind: str) -> Iterator[str]:
    for each in said.get("links") or ():
        if each.get("rel") == "enclosure" and text(each.get("type")).startswith(kind):
            yield from filter(None, [address(each.get("href"), base)])


def _wait(feed: Mapping[str, Any]) -> timedelta:
    """Give RSS's ``ttl`` (minutes), or the period of the syndication module."""
    ttl = line(feed.get("ttl"))
    if ttl.isascii() and ttl.isdigit():
        return timedelta(minutes=min(int(ttl[:9]), 365 * 24 * 60))
    hours = _PERIODS.get(line(feed.get("sy_updateperiod")).lower(), 0)
    often = line(feed.get("sy_updatefrequency"))
    return timedelta(hours=hours) / max(1, int(often[:4]) if often.isascii() and often.isdigit() else 1)


def _instant(parsed: Any) -> datetime | None:  # noqa: ANN401 - a struct_time, in UTC
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
