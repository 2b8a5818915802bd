"""The files of a Hugo site's configuration, as one map (config/configLoader.go, config/allconfig/load.go)."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from syndicate.errors import PostError, SiteError
from syndicate.posts import limited_json, limited_toml, limited_yaml
from syndicate.posts.file_content import read_content
from syndicate.posts.mapping import MAX_BYTES, Load, MappingError
from syndicate.posts.sources.hugo.words import lowered
from syndicate.posts.walking import entries, is_folder

#: By suffix, in the order in which Hugo tries them.
FORMATS: Mapping[str, Load] = MappingProxyType(
    {
        "toml": limited_toml.load_mapping,
        "yaml": limited_yaml.load_core_mapping,
        "yml": limited_yaml.load_core_mapping,
        "json": limited_json.load_mapping,
    }
)
_NAMES = ("hugo", "config")
#: For every environment, and for the one that Hugo builds in.
_FOLDERS = ("config/_default", "config/production")


def main_file(root: Path) -> str | None:
    """Give the name of the site's own file, the first that Hugo would take; ``None`` without one."""
    names = (f"{name}.{suffix}" for name in _NAMES for suffix in FORMATS)
    return next((name for name in names if (root / name).is_file()), None)


def read_files(root: Path) -> tuple[dict[str, Any], bytes]:
    """Give the whole configuration, keys in lower case, and the bytes it was made from."""
    merged: dict[str, Any] = {}
    contents: list[bytes] = []
    for path, keys in _files(root):
        content = _content(root, path)
        contents += [path.encode(), content]
        merged = merge(merged, _placed(_loaded(root, path, content), keys))
    return merged, b"\0".join(contents)


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Give both maps as one; where both have a value, that from ``above``, maps merged."""
    merged = dict(below)
    for key, value in above.items():
        found = merged.get(key)
        merged[key] = merge(found, value) if isinstance(found, dict) and isinstance(value, dict) else value
    return merged


def _files(root: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each file, and the keys under which its content belongs."""
    main = main_file(root)
    if main:
        yield main, ()
    for folder in _FOLDERS:
        for entry in entries(root / folder):
            name = PurePosixPath(entry.name)
            if name.suffix[1:] in FORMATS and not is_folder(entry):
                yield f"{folder}/{entry.name}", _keys(name.stem.lower())


def _keys(stem: str) -> tuple[str, ...]:
    """``params.de`` belongs under languages.de.params."""
    if stem in _NAMES:
        return ()
    key, _, language = stem.partition(".")
    return ("languages", language, key) if language else (key,)


def _placed(values: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    if keys and list(values) == [keys[-1]] and isinstance(values[keys[-1]], dict):
        values = values[keys[-1]]  # languages.toml may say [languages.en] or [en]
    for key in reversed(keys):
        values = {key: values}
    return values


def _content(root: Path, path: str) -> bytes:
    try:
        return read_content(root, path, max_bytes=MAX_BYTES)
    except PostError as error:
        raise SiteError(str(error)) from error


def _loaded(root: Path, path: str, content: bytes) -> dict[str, Any]:
    where = root / path
    try:
        found = FORMATS[PurePosixPath(path).suffix[1:]](content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SiteError(f"{where}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except MappingError as error:
        raise SiteError(f"{where}:{error.line + 1}: {error.what}; {error.remedy}") from error
    values = lowered(found.values)
    return values if isinstance(values, dict) else {}
