"""Keys that hold secrets: given by the environment or by a file of their own, never in the configuration."""

import dataclasses
from collections.abc import Iterator, Mapping

from syndicate.settings.locating import KeyPath
from syndicate.settings.reading import Problem
from syndicate.settings.schema import Settings


def is_secret(path: KeyPath) -> bool:
    """Give whether this key holds a secret."""
    return path in set(_secrets())


def written_out(table: Mapping[str, object]) -> list[Problem]:
    """Give each secret that stands in the file, without its value."""
    return [Problem(path, _remedy(path)) for path in _secrets() if _stands(table, path)]


def _secrets() -> Iterator[KeyPath]:
    for section in dataclasses.fields(Settings):
        if isinstance(section.type, type) and dataclasses.is_dataclass(section.type):
            for key in dataclasses.fields(section.type):
                if key.metadata.get("secret"):
                    yield (section.name, key.name)


def _stands(table: Mapping[str, object], path: KeyPath) -> bool:
    section = table.get(str(path[0]))
    return isinstance(section, Mapping) and path[1] in section


def _remedy(path: KeyPath) -> str:
    return f"no secret belongs in this file; set {variable(path)} in the environment, or use {path[1]}_file"


def variable(path: KeyPath) -> str:
    """Give the environment variable that sets a key."""
    return f"SYNDICATE_{'__'.join(str(part) for part in path)}".upper()
