"""Filters of dates (lib/jekyll/filters/date_filters.rb, Liquid's ``date``), which never ask the clock."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from liquid import RenderContext
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context

from syndicate.posts.sources.jekyll.dates import parse_time
from syndicate.posts.sources.jekyll.liquid.ruby import is_nothing, text_of
from syndicate.posts.sources.jekyll.liquid.run import run_of
from syndicate.posts.sources.jekyll.liquid.strftime import strftime

_TEENS = range(11, 14)
_ENDINGS = MappingProxyType({1: "st", 2: "nd", 3: "rd"})
_CHANGING = frozenset({"now", "today"})
#: Seconds since 1970 of the last year that has four digits.
_LAST_SECOND = 253_402_300_799


@with_context
def liquid_date(value: object, pattern: object = "", *, context: RenderContext) -> object:
    """Give ``value`` by Ruby's pattern; what is no date stays as it is."""
    if not text_of(pattern):
        return value
    if text_of(value).lower() in _CHANGING:
        run_of(context).name(None, f'its Liquid asks for "{value}", which was left out', "write the date out")
        return ""
    when = _instant(value, context)
    return value if when is None else strftime(when, text_of(pattern))


@with_context
def date_to_string(value: object, kind: object = "", style: object = "", *, context: RenderContext) -> object:
    """Give "22 Jan 2024", or with ``"ordinal"`` "22nd Jan 2024"."""
    return _worded(value, "%b", (text_of(kind), text_of(style)), context)


@with_context
def date_to_long_string(
    value: object, kind: object = "", style: object = "", *, context: RenderContext
) -> object:
    """Give "22 January 2024", or with ``"ordinal"`` "22nd January 2024"."""
    return _worded(value, "%B", (text_of(kind), text_of(style)), context)


@with_context
def date_to_xmlschema(value: object, *, context: RenderContext) -> object:
    """Give "2024-01-22T12:00:00+08:00"."""
    if not text_of(value):
        return value
    return strftime(_local(value, context), "%Y-%m-%dT%H:%M:%S%:z")


@with_context
def date_to_rfc822(value: object, *, context: RenderContext) -> object:
    """Give "Mon, 22 Jan 2024 12:00:00 +0800"."""
    if not text_of(value):
        return value
    return strftime(_local(value, context), "%a, %d %b %Y %H:%M:%S %z")


def _worded(value: object, month: str, wishes: tuple[str, str], context: RenderContext) -> object:
    if not text_of(value):
        return value
    when = _local(value, context)
    kind, style = wishes
    if kind != "ordinal":
        return strftime(when, f"%d {month} %Y")
    ending = "th" if when.day in _TEENS else _ENDINGS.get(when.day % 10, "th")
    ordinal = f"{when.day}{ending}"
    return strftime(when, f"{month} {ordinal}, %Y" if style == "US" else f"{ordinal} {month} %Y")


def _local(value: object, context: RenderContext) -> datetime:
    when = _instant(value, context)
    if when is None:
        raise FilterArgumentError(f'"{text_of(value)[:40]}" is not a date', token=None)
    return when.astimezone(_zone(context))


def _instant(value: object, context: RenderContext) -> datetime | None:
    """Give the instant as Liquid::Utils.to_date does, in its own zone where it names one."""
    zone = _zone(context)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    text = text_of(value).strip()
    if is_nothing(value) or isinstance(value, Mapping | list | bool):
        return None
    if text.isascii() and text.isdigit():
        return datetime.fromtimestamp(min(int(text[:20]), _LAST_SECOND), tz=UTC).astimezone(zone)
    return parse_time(text, zone)


def _zone(context: RenderContext) -> ZoneInfo:
    return ZoneInfo(run_of(context).scope.shelf.zone)


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "date": liquid_date,
        "date_to_string": date_to_string,
        "date_to_long_string": date_to_long_string,
        "date_to_xmlschema": date_to_xmlschema,
        "date_to_rfc822": date_to_rfc822,
    }
)
