"""Addresses of pages (resources/page/{permalinks,page_paths}.go)."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from syndicate.posts.sources.hugo.globs import compile_glob
from syndicate.posts.sources.hugo.values import table, tables, text
from syndicate.posts.sources.hugo.words import escaped, sanitised

_PLACEHOLDER = re.compile(r":(\w+)(?:\[([^\]]+)\])?")
_KINDS = frozenset({"page", "section", "taxonomy", "term"})
#: Not strftime: its names follow the process's locale.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Pieces of Go's reference time, the longest first.
_LAYOUT = re.compile(r"January|Monday|2006|Jan|Mon|002|01|02|03|04|05|06|15|PM|pm|1|2|3|4|5")
_YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the pages at some paths are addressed."""

    path: re.Pattern[str]
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How text becomes part of an address on this site."""

    lower: bool
    accents: bool

    def fit(self, given: str) -> str:
        """Give ``given`` fit for an address."""
        fitted = sanitised(given, accents=self.accents)
        return fitted.lower() if self.lower else fitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """What an address is made of."""

    words: Words
    title: str
    slug: str
    #: The file's name without language and suffix; of a bundle its folder's.
    name: str
    #: Folders from the content's root, as they are named.
    folders: tuple[str, ...]
    #: Those of the section it is in.
    sections: tuple[str, ...]
    #: Slug, else title, of each section above it that has a page of its own.
    section_slugs: tuple[str, ...]
    #: In its own zone.
    date: datetime | None


class PlaceholderError(ValueError):
    """A pattern names a placeholder that Hugo doesn't have."""


def read_rules(given: object) -> tuple[Rule, ...]:
    """Give the rules for pages, the most particular first (``permalinks``, old and new form)."""
    if isinstance(given, list):
        return tuple(_targeted(given))
    return tuple(
        Rule(path=compile_glob(_section_glob(section)), pattern=pattern)
        for section, pattern in sorted(_for_pages(table(given)), key=lambda pair: -len(pair[0]))
    )


def own_address(url: str, addressed: Addressed, *, prefix: str) -> str:
    """Give the address that a front matter's ``url`` means; a relative one is below ``prefix``."""
    wanted = expand(url, addressed)
    path = posixpath.normpath(f"/{wanted}").replace("//", "/")
    if wanted.endswith("/") or "." not in path.rpartition("/")[2]:
        path = f"{path.rstrip('/')}/"
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return escaped(path if wanted.startswith("/") else f"{prefix}{path}")


def address(pattern: str | None, addressed: Addressed, *, prefix: str, ugly: bool) -> str:
    """Give the address of a page that names none: by ``pattern``, else by where its file stands."""
    if pattern is None:
        pieces = (*addressed.folders, addressed.slug or addressed.name)
        path = "/".join(pieces).replace(" ", "-")
    else:
        path = expand(pattern, addressed)
    joined = posixpath.normpath(f"/{addressed.words.fit(path)}").replace("//", "/").rstrip("/")
    suffix = ".html" if ugly and joined else "/"
    return escaped(f"{prefix}{joined}{suffix}")


def expand(pattern: str, addressed: Addressed) -> str:
    """Fill in a pattern; ``PlaceholderError`` names a placeholder that is none."""
    hidden = pattern.replace("\\:", "\0")
    return _PLACEHOLDER.sub(lambda match: _value(match, addressed), hidden).replace("\0", ":")


def _for_pages(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in given.items():
        if isinstance(value, str):
            yield key, value
        elif key == "page" and isinstance(value, dict):
            yield from ((section, pattern) for section, pattern in value.items() if isinstance(pattern, str))


def _targeted(given: object) -> Iterator[Rule]:
    for each in tables(given):
        target = table(each.get("target"))
        kind = text(target.get("kind"))
        if not kind or compile_glob(kind).fullmatch("page"):
            yield Rule(path=compile_glob(text(target.get("path")) or "**"), pattern=text(each.get("pattern")))


def _section_glob(section: str) -> str:
    bare = section.strip(" /")
    return f"/{{{bare},{bare}/**}}" if bare else "/*"


def _value(match: re.Match[str], addressed: Addressed) -> str:
    name, cut = match[1], match[2]
    if cut is not None:
        parts = _CUT.get(name)
        if parts is None:
            raise PlaceholderError(f"{name}[{cut}]")
        return "/".join(_slice(parts(addressed), cut.lower()))
    maker = _PLACEHOLDERS.get(name)
    if maker:
        return maker(addressed)
    if not _LAYOUT.search(name):
        raise PlaceholderError(name)
    return _LAYOUT.sub(lambda piece: _of_layout(piece[0], addressed.date or _YEAR_ONE), name)


def _slice(parts: tuple[str, ...], cut: str) -> tuple[str, ...]:
    """Cut as ``[1]``, ``[last]``, ``[1:]`` or ``[:2]``; what is out of bounds is nothing."""
    low, colon, high = cut.partition(":")
    first = _position(low, parts, default=0)
    if not colon:
        return parts[first : first + 1]
    return parts[first : _position(high, parts, default=len(parts))]


def _position(word: str, parts: tuple[str, ...], *, default: int) -> int:
    if word == "last":
        return max(len(parts) - 1, 0)
    return int(word) if word.isdecimal() else default


def _of_layout(piece: str, date: datetime) -> str:
    hour = date.hour % 12 or 12
    made: Mapping[str, str] = {
        "2006": f"{date.year:04d}", "06": f"{date.year % 100:02d}", "01": f"{date.month:02d}",
        "1": f"{date.month}", "January": _MONTHS[date.month - 1], "Jan": _MONTHS[date.month - 1][:3],
        "02": f"{date.day:02d}", "2": f"{date.day}", "002": f"{date.timetuple().tm_yday:03d}",
        "Monday": _DAYS[date.weekday()], "Mon": _DAYS[date.weekday()][:3],
        "15": f"{date.hour:02d}", "03": f"{hour:02d}", "3": f"{hour}", "04": f"{date.minute:02d}",
        "4": f"{date.minute}", "05": f"{date.second:02d}", "5": f"{date.second}",
        "PM": "AM" if date.hour < 12 else "PM", "pm": "am" if date.hour < 12 else "pm",  # noqa: PLR2004 - noon
    }  # fmt: skip
    return made[piece]


def _date(addressed: Addressed) -> datetime:
    return addressed.date or _YEAR_ONE


def _fit(choose: Callable[[Addressed], str]) -> Callable[[Addressed], str]:
    return lambda addressed: addressed.words.fit(choose(addressed))


def _section_slugs(addressed: Addressed) -> tuple[str, ...]:
    return tuple(addressed.words.fit(each) for each in addressed.section_slugs)


_CUT: Mapping[str, Callable[[Addressed], tuple[str, ...]]] = MappingProxyType(
    {"sections": lambda a: a.sections, "sectionslugs": _section_slugs}
)
_PLACEHOLDERS: Mapping[str, Callable[[Addressed], str]] = MappingProxyType(
    {
        "year": lambda a: str(_date(a).year),
        "month": lambda a: f"{_date(a).month:02d}",
        "monthname": lambda a: _MONTHS[_date(a).month - 1],
        "day": lambda a: f"{_date(a).day:02d}",
        "weekday": lambda a: str(_date(a).isoweekday() % 7),
        "weekdayname": lambda a: _DAYS[_date(a).weekday()],
        "yearday": lambda a: str(_date(a).timetuple().tm_yday),
        "section": lambda a: "/".join(a.sections[:1]),
        "sections": lambda a: "/".join(a.sections),
        "sectionslug": lambda a: "/".join(_section_slugs(a)[:1]),
        "sectionslugs": lambda a: "/".join(_section_slugs(a)),
        "title": _fit(lambda a: a.title),
        "slug": _fit(lambda a: a.slug or a.title),
        "filename": _fit(lambda a: a.name),
        "slugorfilename": _fit(lambda a: a.slug or a.name),
        "contentbasename": _fit(lambda a: a.name),
        "slugorcontentbasename": _fit(lambda a: a.slug or a.name),
    }
)
