"""What can be wrong with settings whose types are right."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from syndicate.model.cadence import Every
from syndicate.model.language import language_tag
from syndicate.settings import podcasting, redirecting, signing, theming
from syndicate.settings.languages import is_language, likely_language
from syndicate.settings.locating import KeyPath
from syndicate.settings.mailbox import is_mailbox
from syndicate.settings.reading import Problem
from syndicate.settings.schema import (
    PERMALINK_PLACEHOLDERS,
    FeedSettings,
    FetchingSettings,
    ListSettings,
    Settings,
    SiteSettings,
    SmtpSettings,
)
from syndicate.settings.web_address import is_repository_address, is_web_address, is_web_root

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: As ``git check-ref-format`` has it, roughly.
_BRANCH = re.compile(
    r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)))[^\s~^:?*\[\\\x00-\x1f\x7f/.-][^\s~^:?*\[\\\x00-\x1f\x7f]*(?<![/.])"
)
_HOST = re.compile(r"[^\s/:@*\[\]]+")
_FORMATS = ("rss", "atom", "json")
_LAST_PORT = 65_535
_LEAST_LATENESS = timedelta(minutes=10)
_LARGEST_GROUP = 10_000
_SUBJECT_SLOTS = frozenset({"title", "first_title", "and_more", "count", "date", "number"})


def check(settings: Settings) -> list[Problem]:
    """Give everything that would only fail later, in the order of the file."""
    return [
        *_site(settings.site),
        *_urls(settings),
        *_folders(settings.site.posts),
        *_permalink(settings.site.permalink),
        *_names("feeds", [feed.name for feed in settings.feeds]),
        *_formats(settings.feeds),
        *podcasting.problems(settings.feeds),
        *_languages(settings),
        *redirecting.problems(settings, settings.publish.base_url or settings.site.url),
        *_names("lists", [each.name for each in settings.lists]),
        *_former_names(settings.lists),
        *(problem for index, each in enumerate(settings.lists) for problem in _list(index, each)),
        *_mailboxes(settings),
        *theming.problems(settings),
        *_smtp(settings.smtp),
        *signing.problems(settings.dkim),
        *_lease(settings),
        *_group(settings.dispatch.group),
        *_store(settings.store.url),
        *_fetching(settings.fetching),
    ]


def _site(site: SiteSettings) -> Iterator[Problem]:
    homes = [key for key in ("feed", "git", "committed_only") if getattr(site, key)]
    if len(homes) > 1:
        yield Problem(
            ("site", homes[1]), f"the site is already said to live elsewhere, by {homes[0]}; leave one"
        )
    if site.feed and not is_web_address(site.feed):
        yield Problem(("site", "feed"), f'{_quoted(site.feed)} is not a web address; write "https://…"')
    for key in ("feed", "git"):
        if _carries_secret(getattr(site, key)):
            yield Problem(
                ("site", key), "no name or password belongs in an address; git asks its credential helper"
            )
    yield from _repository(site)


def _carries_secret(address: str) -> bool:
    """Say whether a password, or a token in the place of a name, stands in an address."""
    if is_web_address(address):
        return "@" in urlsplit(address).netloc
    return is_repository_address(address) and bool(urlsplit(address).password)


def _repository(site: SiteSettings) -> Iterator[Problem]:
    if ("://" in site.git and not is_repository_address(site.git)) or "::" in site.git:
        yield Problem(
            ("site", "git"),
            "is no address that may be pulled; use https://, ssh://, git@host:path or a folder",
        )
    if site.git.startswith("-"):
        yield Problem(("site", "git"), f"{_quoted(site.git)} begins like an option; write ./ before it")
    if site.git and (site.path.is_absolute() or ".." in site.path.parts):
        yield Problem(("site", "path"), "leads out of the repository; write it from the repository's top")
    if site.branch and not _BRANCH.fullmatch(site.branch):
        yield Problem(
            ("site", "branch"), f"{_quoted(site.branch)} is no name of a branch; write it as git does"
        )


def _urls(settings: Settings) -> Iterator[Problem]:
    roots = {("site", "url"): settings.site.url, ("publish", "base_url"): settings.publish.base_url}
    addresses = {**roots, ("publish", "hub"): settings.publish.hub}
    for path, url in addresses.items():
        if url and not is_web_address(url):
            yield Problem(path, f'{_quoted(url)} is not a web address; write "https://…"')
        elif url and path in roots and not is_web_root(url):
            yield Problem(
                path, f"{_quoted(url)} can't have a path put behind it; drop everything from ? or # on"
            )


def _folders(names: tuple[str, ...]) -> Iterator[Problem]:
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or not name.strip("/. "):
            yield Problem(("site", "posts"), f'{_quoted(name)} is no folder inside the site; write "notes"')


def _permalink(pattern: str) -> Iterator[Problem]:
    where = ("site", "permalink")
    if pattern and not pattern.startswith("/"):
        yield Problem(where, f'{_quoted(pattern)} is no path on the site; begin it with "/"')
    known = ", ".join(f":{each}" for each in PERMALINK_PLACEHOLDERS)
    for name in re.findall(r":([a-z_]+)", pattern):
        if name not in PERMALINK_PLACEHOLDERS:
            yield Problem(where, f'":{name}" is not filled in; use {known}')
    if pattern and not re.search(r":(?:path|slug)\b", pattern):
        yield Problem(where, "gives every post the same address; use :path or :slug")


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _store(url: str) -> Iterator[Problem]:
    kind, _, place = url.partition("://")
    if url and not kind.startswith("postgresql") and (kind != "sqlite" or place in {"", "/", "/:memory:"}):
        yield Problem(
            ("store", "url"),
            'is no store that lasts; write "postgresql+psycopg://user@host/name", or leave it out',
        )


def _fetching(fetching: FetchingSettings) -> Iterator[Problem]:
    for key in ("timeout", "git_timeout", "max_bytes"):
        if not getattr(fetching, key):
            yield Problem(("fetching", key), "nothing would ever be fetched; use more than 0")
    for index, host in enumerate(fetching.allow_hosts):
        if not _is_host(host):
            where = ("fetching", "allow_hosts", index)
            yield Problem(where, f'{_quoted(host)} is no host; write its name alone: "intranet"')


def _is_host(text: str) -> bool:
    """Say whether it is a name or a number and nothing besides: IPv6 as it is, without brackets."""
    if _HOST.fullmatch(text):
        return True
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def _group(size: int) -> Iterator[Problem]:
    if not 0 < size <= _LARGEST_GROUP:
        yield Problem(("dispatch", "group"), f"{size} messages are no group; use 1 to {_LARGEST_GROUP:,}")


def _names(key: str, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if not name:
            yield Problem((key, index), '"name" is missing; add it')
        elif not _NAME.fullmatch(name):
            yield Problem(
                (key, index, "name"), f'"{name}" is no name; use lower-case letters, digits, hyphens'
            )
        elif name in names[:index]:
            yield Problem((key, index, "name"), f'"{name}" stands twice; give one of them another name')


def _former_names(lists: tuple[ListSettings, ...]) -> Iterator[Problem]:
    names = {each.name for each in lists}
    for index, each in enumerate(lists):
        if each.formerly in names:
            where = ("lists", index, "formerly")
            yield Problem(where, f'there is a list "{each.formerly}" still; take one of the two out')


def _formats(feeds: tuple[FeedSettings, ...]) -> Iterator[Problem]:
    for index, feed in enumerate(feeds):
        if not feed.formats:
            yield Problem(("feeds", index, "formats"), f"is empty; use any of {', '.join(_FORMATS)}")
        for name in feed.formats:
            if name not in _FORMATS:
                yield Problem(
                    ("feeds", index, "formats"), f'"{name}" is no format; use any of {", ".join(_FORMATS)}'
                )


def _languages(settings: Settings) -> Iterator[Problem]:
    said: list[tuple[KeyPath, str]] = [(("site", "language"), settings.site.language)]
    for index, feed in enumerate(settings.feeds):
        said.append((("feeds", index, "language"), feed.language))
        said += ((("feeds", index, "languages"), each) for each in feed.languages)
    for where, tag in said:
        if tag and not is_language(tag):
            yield Problem(where, f"{_quoted(tag)} is no language; {likely_language(tag)}")
        elif tag and where[0] == "feeds" and language_tag(tag) != tag:
            yield Problem(where, f'{_quoted(tag)} is no tag; did you mean "{language_tag(tag)}"?')


def _list(index: int, settings: ListSettings) -> Iterator[Problem]:
    where = ("lists", index)
    if not settings.cadences:
        yield Problem(
            where, 'has no cadence; add cadences = [{ every = "weekly", on = "mon", at = "07:00" }]'
        )
    rhythms = [cadence.every for cadence in settings.cadences]
    for number, every in enumerate(rhythms):
        if every in rhythms[:number]:
            yield Problem((*where, "cadences"), f'"{every}" stands twice; a list has at most one of each')
    if settings.late_after < _LEAST_LATENESS:
        yield Problem(
            (*where, "late_after"),
            'an edition is always a few seconds late, and all would be missed; write "10 min" or more',
        )
    yield from _zone(where, settings)
    yield from _subject(where, settings.subject)
    yield from _section_order(where, settings)


def _zone(where: tuple[str, int], settings: ListSettings) -> Iterator[Problem]:
    timed = any(cadence.every is not Every.EACH for cadence in settings.cadences)
    if not settings.zone:
        if timed:
            yield Problem(
                where, '"zone" is missing and the cadence has a local time; add zone = "Europe/Lisbon"'
            )
        return
    try:
        ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem((*where, "zone"), f'"{settings.zone}" is no time zone; {_nearest_zone(settings.zone)}')


def _nearest_zone(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, sorted(available_timezones()), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else 'use an IANA name such as "Europe/Lisbon"'


def _subject(where: tuple[str, int], subject: str) -> Iterator[Problem]:
    for name in re.findall(r"\{([^{}]*)\}", subject):
        if name not in _SUBJECT_SLOTS:
            known = ", ".join(f"{{{slot}}}" for slot in sorted(_SUBJECT_SLOTS))
            yield Problem((*where, "subject"), f"{{{name}}} is not filled in; use {known}")


def _section_order(where: tuple[str, int], settings: ListSettings) -> Iterator[Problem]:
    names = [name.casefold() for name in settings.section_order]
    if names and settings.sections == "none":
        yield Problem((*where, "section_order"), 'sections = "none" divides nothing; leave one of them out')
    for at, name in enumerate(names):
        if name in names[:at]:
            again = _quoted(settings.section_order[at])
            yield Problem((*where, "section_order"), f"{again} stands twice; take one of them out")


def _mailboxes(settings: Settings) -> Iterator[Problem]:
    for key, value in (("sender", settings.mail.sender), ("reply_to", settings.mail.reply_to)):
        if value and not is_mailbox(value):
            yield Problem(("mail", key), f'"{value}" is no mailbox; write "The Gazette <news@example.org>"')


def _smtp(smtp: SmtpSettings) -> Iterator[Problem]:
    if smtp.user and smtp.security == "none":
        yield Problem(
            ("smtp", "user"), 'its password would go over the line in the clear; set security = "starttls"'
        )
    if not 0 < smtp.port <= _LAST_PORT:
        yield Problem(("smtp", "port"), f"{smtp.port} is no port; use 1 to {_LAST_PORT}")
    for key in ("connections", "messages_per_connection"):
        if not getattr(smtp, key):
            yield Problem(("smtp", key), "0 would send nothing; use 1 or more")
    for key in ("timeout", "last_reply"):
        if not getattr(smtp, key):
            yield Problem(("smtp", key), 'no time at all is no patience; use "10 s" or more')


def _lease(settings: Settings) -> Iterator[Problem]:
    """A message that is still waited for must not look like a dead process's."""
    longest = 2 * settings.smtp.timeout + settings.smtp.last_reply
    if settings.mail.transport == "smtp" and settings.dispatch.lease <= longest:
        yield Problem(
            ("dispatch", "lease"),
            f"{settings.dispatch.lease} is not longer than twice smtp.timeout and smtp.last_reply together "
            f"({longest}); make it longer",
        )
