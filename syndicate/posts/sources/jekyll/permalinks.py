"""Addresses of documents (lib/jekyll/url.rb, drops/url_drop.rb, utils.rb add_permalink_suffix)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from types import MappingProxyType

from syndicate.posts.sources.jekyll.slugs import escape_path, pretty_slug, slugify

#: lib/jekyll/document.rb and url.rb: the named styles.
STYLES = MappingProxyType(
    {
        "date": "/:categories/:year/:month/:day/:title:output_ext",
        "pretty": "/:categories/:year/:month/:day/:title/",
        "ordinal": "/:categories/:year/:y_day/:title:output_ext",
        "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none": "/:categories/:title:output_ext",
    }
)
# Not strftime: its names follow the process's locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACEHOLDER = re.compile(r":([a-z_]+)")
_SLASHES = re.compile("/{2,}")
#: A path that pathlib, at ten times the cost, would leave as it is.
_PLAIN = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[^/]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """What an address is made of."""

    collection: str
    #: Path in its collection, without the suffix.
    path: str
    #: The front matter's ``slug``, else the file's.
    slug: str
    #: The file's name without its suffix.
    basename: str
    #: ".html", or the file's own suffix where nothing converts it.
    suffix: str
    categories: tuple[str, ...]
    #: In the site's zone.
    date: datetime


class PlaceholderError(ValueError):
    """A permalink names a placeholder that Jekyll doesn't have."""


def template_for(*, collection: str, site_permalink: str, own: str | None) -> str:
    """Give the template of a collection's documents; ``own`` is the collection's, from the config."""
    if own is not None:
        return STYLES.get(own, own)
    if collection == "posts":
        return STYLES.get(site_permalink, site_permalink)
    return "/:collection/:path" + _suffix_of(site_permalink)


def url_of(template: str, addressed: Addressed) -> str:
    """Fill in ``template``; ``PlaceholderError`` names a placeholder that is none."""
    filled = _PLACEHOLDER.sub(lambda match: escape_path(_value(match[1], addressed)), template)
    return _tidy(filled)


def page_url(path: str, *, style: str, markdown: bool) -> str:
    """Give the address of a page that names none (lib/jekyll/page.rb template)."""
    stem, _, suffix = path.rpartition(".")
    folder, _, name = f"/{stem}".rpartition("/")
    if name == "index":
        return f"{folder}/"
    if _suffix_of(style) == "/":
        return escape_path(f"/{stem}/")
    return escape_path(f"/{stem}.html" if markdown else f"/{stem}.{suffix}")


def generator_path(url: str, slug: str) -> str:
    """Give Jekyll's own id of a document (lib/jekyll/document.rb id): its folder and slug; not unique."""
    page = url.rstrip("/")
    found = f"{page.rpartition('/')[0]}/{slug}"
    if _PLAIN.fullmatch(page) and _PLAIN.fullmatch(found):
        return found
    return str(PurePosixPath(page or "/").parent / slug.lstrip("/"))


def _suffix_of(style: str) -> str:
    if style in {"date", "ordinal", "none"}:
        return ":output_ext"
    if style == "pretty" or style.endswith("/"):
        return "/"
    return ":output_ext" if style.endswith(":output_ext") else ""


def _value(name: str, addressed: Addressed) -> str:
    maker = _PLACEHOLDERS.get(name)
    if maker:
        return maker(addressed)
    shorter = _PLACEHOLDERS.get(name.removesuffix("_"))
    if shorter:
        return f"{shorter(addressed)}_"
    raise PlaceholderError(name)


def _tidy(path: str) -> str:
    # A permalink can't climb out of the site.
    return _SLASHES.sub("/", f"/{path}".replace("..", "/").replace("./", ""))


def _slugified(categories: tuple[str, ...]) -> str:
    return "/".join(dict.fromkeys(slugify(category) for category in categories))


_PLACEHOLDERS: MappingProxyType[str, Callable[[Addressed], str]] = MappingProxyType(
    {
        "collection": lambda a: a.collection,
        "path": lambda a: a.path,
        "output_ext": lambda a: a.suffix,
        "ext": lambda a: a.suffix,
        "title": lambda a: pretty_slug(a.slug),
        "slug": lambda a: slugify(a.slug),
        "name": lambda a: slugify(a.basename),
        "categories": lambda a: "/".join(dict.fromkeys(c.lower() for c in a.categories)),
        "slugified_categories": lambda a: _slugified(a.categories),
        "year": lambda a: f"{a.date.year:04d}",
        "month": lambda a: f"{a.date.month:02d}",
        "day": lambda a: f"{a.date.day:02d}",
        "hour": lambda a: f"{a.date.hour:02d}",
        "minute": lambda a: f"{a.date.minute:02d}",
        "second": lambda a: f"{a.date.second:02d}",
        "i_day": lambda a: str(a.date.day),
        "i_month": lambda a: str(a.date.month),
        "short_month": lambda a: _MONTHS[a.date.month - 1][:3],
        "long_month": lambda a: _MONTHS[a.date.month - 1],
        "short_year": lambda a: f"{a.date.year % 100:02d}",
        "y_day": lambda a: f"{a.date.timetuple().tm_yday:03d}",
        "w_year": lambda a: f"{a.date.isocalendar().year:04d}",
        "week": lambda a: f"{a.date.isocalendar().week:02d}",
        "w_day": lambda a: str(a.date.isoweekday()),
        "short_day": lambda a: _DAYS[a.date.weekday()][:3],
        "long_day": lambda a: _DAYS[a.date.weekday()],
    }
)
