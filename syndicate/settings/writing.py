"""The commented configuration file, made from the schema: every key, its meaning, its default."""

import dataclasses
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from syndicate.model.cadence import Cadence, Every
from syndicate.settings.schema import FeedSettings, ListSettings, RedirectSettings, Settings

_WIDTH = 100
_INTRODUCTION = """\
Every key of syndicate, with its meaning and its default. A key that is commented out has its default.
Folders are taken from the one above config/. Durations are written "15 min", "6 h", "2 days".
Each key can be given for one run as `--set mail.transport=outbox`, or by the environment as
SYNDICATE_MAIL__TRANSPORT. The command `syndicate check` says whether this file is in order."""

#: The tables of which several may stand in the file, and one to show its keys where there is none.
_ARRAYS: Mapping[str, Any] = MappingProxyType(
    {"feeds": FeedSettings(), "redirects": RedirectSettings(), "lists": ListSettings()}
)


def document(settings: Settings, *, suggested: Sequence[RedirectSettings] = ()) -> str:
    """Give a TOML file that reads back as ``settings``; ``suggested`` redirects stand in it commented out."""
    parts = [_comment(_INTRODUCTION), *_keys(settings)]
    for field in dataclasses.fields(Settings):
        value = getattr(settings, field.name)
        if dataclasses.is_dataclass(value):
            parts += ["", f"[{field.name}]", *_keys(value)]
        elif field.name in _ARRAYS:
            parts += _array(field.name, value, suggested if field.name == "redirects" else ())
    return "\n".join(parts) + "\n"


def _array(name: str, tables: tuple[Any, ...], suggested: Sequence[Any]) -> Iterator[str]:
    if tables:
        for table in tables:
            yield from ("", f"[[{name}]]", *_keys(table), *_inner(name, table))
        return
    yield from ("", f"# [[{name}]]", *_keys(_ARRAYS[name]), *_inner(name, _ARRAYS[name]))
    for table in suggested:
        yield from ("", "# To use this one, take the signs # before its lines away.", f"# [[{name}]]")
        yield from (
            f"# {key} = {literal(getattr(table, field.name))}"
            for field in dataclasses.fields(table)
            if (key := field.name.rstrip("_")) and getattr(table, field.name) != field.default
        )


def _inner(name: str, table: Any) -> Iterator[str]:  # noqa: ANN401 - any of the schema's classes
    """Give the tables within one of several; an empty one as a comment, for it may not stand by itself."""
    for field in dataclasses.fields(table):
        value = getattr(table, field.name)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            sign = "# " if value == type(value)() else ""
            yield from ("", f"{sign}[{name}.{field.name}]", *_keys(value))


def _keys(value: Any) -> Iterator[str]:  # noqa: ANN401 - any of the schema's classes
    for field in dataclasses.fields(value):
        if "meaning" not in field.metadata:
            continue
        key = field.name.rstrip("_")
        if field.metadata.get("secret"):
            yield from ("", _comment(f"{key}: {field.metadata['meaning']}"))
            continue
        current, default = getattr(value, field.name), field.default
        yield from ("", _comment(field.metadata["meaning"]))
        if current == default:
            yield f"# {key} = {literal(default)}"
        else:
            yield f"# Default: {literal(default)}"
            yield f"{key} = {literal(current)}"


def keys_of(value: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Give the lines of a table's keys that differ from their defaults."""
    for field in dataclasses.fields(value):
        if getattr(value, field.name) != field.default:
            yield f"{field.name.rstrip('_')} = {literal(getattr(value, field.name))}"


def _comment(text: str) -> str:
    lines = [line for paragraph in text.splitlines() for line in textwrap.wrap(paragraph, _WIDTH - 2)]
    return "\n".join(f"# {line}" for line in lines)


def literal(value: object) -> str:  # noqa: PLR0911 - one line a type
    """Give ``value`` as TOML has it."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case timedelta():
            return _duration(value)
        case time():
            return f'"{value:%H:%M}"'
        case Cadence():
            return _cadence(value)
        case tuple():
            return f"[{', '.join(literal(item) for item in value)}]"
        case None:
            return '""'
        case Path():
            return _quoted(value.as_posix())
        case _:
            return _quoted(str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def _duration(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds and seconds % size == 0:
            return f'"{seconds // size} {unit}"'
    return f'"{seconds} s"'


def _cadence(value: Cadence) -> str:
    at = None if value.every is Every.EACH else value.at
    keys = {"every": str(value.every), "on": value.on, "day": value.day, "at": at}
    return f"{{ {', '.join(f'{key} = {literal(item)}' for key, item in keys.items() if item is not None)} }}"
