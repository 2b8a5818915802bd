"""Asking for a remote feed when its time has come, and keeping its entries."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from syndicate.errors import FetchError, SiteError, SyndicateError
from syndicate.fetching import Request, Response, fetch, shown
from syndicate.files import write_if_changed
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.mirrors import polling
from syndicate.posts.mirrors.feed import placing, records
from syndicate.posts.mirrors.feed.discovery import feeds_named, is_page
from syndicate.posts.mirrors.feed.document import Document, Entry
from syndicate.posts.mirrors.feed.folder import ENTRIES, FEED
from syndicate.posts.mirrors.feed.reading import read_feed
from syndicate.posts.mirrors.memory import Memory, recall, remember
from syndicate.posts.mirrors.refreshed import Refreshed
from syndicate.settings.schema import Settings

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.8, application/json;q=0.8, */*;q=0.1"
)


def refresh_feed(settings: Settings, *, folder: Path, now: datetime) -> Refreshed:
    """Ask for the feed where it is due, and keep what it shows; what it shows no more is kept as well."""
    asked = _asked_under(settings)
    memory = recall(folder)
    if memory.asked != asked:  # another feed, or settings under which another answer may come
        memory = Memory(asked=asked)
    if polling.is_due(memory, now, refresh=settings.site.refresh):
        memory = _ask(_Mirror(settings, folder, now), memory)
        remember(folder, replace(memory, refresh=settings.site.refresh))
    problems = (SiteError(memory.problem),) if memory.problem else ()
    return Refreshed(problems=problems, warnings=memory.warnings)


@dataclass(frozen=True, slots=True)
class _Mirror:
    """A mirror at the time of a question."""

    settings: Settings
    folder: Path
    now: datetime

    @property
    def begun(self) -> bool:
        """Say whether a feed was ever read into it."""
        return (self.folder / FEED).exists()

    @property
    def refresh(self) -> timedelta:
        """Give the configured wait between two questions."""
        return self.settings.site.refresh


def _asked_under(settings: Settings) -> str:
    fetching = settings.fetching
    return of_parts((settings.site.feed, fetching.allow_hosts, str(fetching.timeout), fetching.max_bytes))


def _ask(mirror: _Mirror, memory: Memory) -> Memory:
    """Give what is to be remembered of a question; the answer's entries are kept by then."""
    try:
        feed, answer, warnings = _answer(mirror, memory)
        if answer.unchanged:
            _drop(mirror.folder, memory.missing)
            return _succeeded(mirror, replace(memory, missing=()), answer, wait=timedelta())
        document = read_feed(answer)
        memory = _keep(mirror, memory, document, feed=feed)
    except SyndicateError as error:
        return _failed(mirror, memory, error)
    memory = replace(
        memory,
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
        warnings=(*warnings, *_remarks(answer, document)),
    )
    return _succeeded(mirror, memory, answer, wait=document.wait)


def _answer(mirror: _Mirror, memory: Memory) -> tuple[str, Response, tuple[str, ...]]:
    """Give the feed's address, its answer, and what to say of the way there.

    To begin with, a web page may lead to its feed; later on, a page instead of a feed is a mistake.
    """
    address, settings = mirror.settings.site.feed, mirror.settings.fetching
    url = _own_address(mirror)
    known = memory if mirror.begun else Memory()
    request = Request(url=url, accept=_ACCEPT, etag=known.etag, last_modified=known.last_modified)
    answer = fetch(request, settings=settings)
    named = feeds_named(answer) if is_page(answer) and not mirror.begun else []
    if named:
        url = named[0].url
        answer = fetch(Request(url=url, accept=_ACCEPT), settings=settings)
    led = (f'{shown(address)}: is a web page and names its feed; set site.feed = "{url}"',)
    return url, answer, led if url != address else ()


def _own_address(mirror: _Mirror) -> str:
    """Give the feed's own address, where it was found on the page that the settings name."""
    address = mirror.settings.site.feed
    if mirror.begun:
        about = records.read_about(mirror.folder)
        return about.feed if about.address == address else address
    return address


def _remarks(answer: Response, document: Document) -> Iterable[str]:
    where = shown(answer.url)
    if answer.moved_to:
        yield f"{where}: the feed has moved here for good; set site.feed to this address"
    for each in document.warnings:
        yield f"{where}: {each}"


def _keep(mirror: _Mirror, memory: Memory, document: Document, *, feed: str) -> Memory:
    """Write the entries that are new or changed, and let those go that their site has taken back."""
    said = records.about(document, address=mirror.settings.site.feed, feed=feed)
    _check_owner(mirror, said)
    kept = records.kept_entries(mirror.folder)
    shown_now = tuple(each.id for each in document.entries)
    for name, found in placing.place(document.entries, kept).items():
        before = kept.get(name)
        entry = _dated(found, before, mirror.now)
        if before is None or placing.is_edited(entry, before):
            write_if_changed(mirror.folder / ENTRIES / name, records.entry_bytes(entry))
    records.write_about(mirror.folder, said)
    if shown_now:  # twice in a row: a cache between us may have shown an older feed
        _drop(mirror.folder, set(memory.missing) - set(shown_now))
    missing = tuple(sorted(placing.taken_back(memory.shown, shown_now)))
    return replace(memory, shown=shown_now, missing=missing)


def _check_owner(mirror: _Mirror, said: records.About) -> None:
    """See that the mirror isn't another site's: a feed may move, and a site too, but not both at once."""
    if not mirror.begun:
        return
    before = records.read_about(mirror.folder)
    if before.address != said.address and (before.home != said.home or not said.home):
        raise SiteError(
            f'{mirror.folder}: holds the entries of {shown(before.address)}, of "{before.title}"; '
            "give the other site an outbox of its own (--outbox DIR)"
        )


def _dated(entry: Entry, before: Entry | None, now: datetime) -> Entry:
    """Give an entry with a date: its own, else the one we gave it, else now, when it was first seen."""
    published = entry.published or (before.published if before else None) or now.replace(microsecond=0)
    return replace(entry, published=published, updated=entry.updated or published)


def _drop(folder: Path, gone: Iterable[str]) -> None:
    """Remove the files of entries that were taken back; where they can't be, they only stay."""
    ids = frozenset(gone)
    if not ids:
        return
    for name, entry in records.kept_entries(folder).items():
        if entry.id in ids:
            with suppress(OSError):
                (folder / ENTRIES / name).unlink()


def _succeeded(mirror: _Mirror, memory: Memory, answer: Response, *, wait: timedelta) -> Memory:
    next_at = polling.after_answer(mirror.now, refresh=mirror.refresh, headers=answer.headers, wait=wait)
    return replace(memory, next_at=next_at, failures=0, problem="")


def _failed(mirror: _Mirror, memory: Memory, error: SyndicateError) -> Memory:
    failures = memory.failures + 1
    next_at = polling.after_failure(
        mirror.now,
        refresh=mirror.refresh,
        failures=failures,
        error=error if isinstance(error, FetchError) else None,
        empty=not mirror.begun,
    )
    return replace(memory, next_at=next_at, failures=failures, problem=str(error))
