"""What ``site.data`` holds: the files of ``_data`` (lib/jekyll/readers/data_reader.rb)."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from syndicate.errors import PostError
from syndicate.posts.file_content import read_content
from syndicate.posts.limited_yaml import MAX_DATA_BYTES, load_data
from syndicate.posts.mapping import MappingError
from syndicate.posts.walking import entries, is_folder

_ODD = re.compile(r"[^\w\s-]+")
_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".csv", ".tsv"})


class Data(Mapping[str, object]):
    """A folder of data, each file read when it is first asked for."""

    def __init__(self, root: Path, folder: str, trouble: Callable[[str], None]) -> None:
        self._root = root
        self._folder = folder
        self._trouble = trouble
        self._read: dict[str, object] = {}
        self._files = dict(_files(root, folder))

    def __getitem__(self, key: str) -> object:
        """Give a file's values, or a folder; ``KeyError`` where there is neither."""
        path, is_file = self._files[key]
        if key not in self._read:
            inner = (
                _value(self._root, path, self._trouble) if is_file else Data(self._root, path, self._trouble)
            )
            self._read[key] = inner
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._files)

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._files)


def _files(root: Path, folder: str) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Give each name, its path, and whether it is a file."""
    inside = (root / folder).resolve().is_relative_to(root.resolve())  # a link may lead anywhere
    for entry in entries(root / folder) if inside else ():
        suffix = PurePosixPath(entry.name).suffix.lower()
        path = f"{folder}/{entry.name}"
        if is_folder(entry):
            yield _key(entry.name), (path, False)
        elif suffix in _SUFFIXES:
            yield _key(PurePosixPath(entry.name).stem), (path, True)


def _key(name: str) -> str:
    return re.sub(r"\s+", "_", _ODD.sub("", name).strip())


def _value(root: Path, path: str, trouble: Callable[[str], None]) -> object:
    try:
        text = read_content(root, path, max_bytes=MAX_DATA_BYTES).decode("utf-8-sig")
        return _parsed(text, PurePosixPath(path).suffix.lower())
    except PostError as error:
        trouble(str(error))
    except UnicodeDecodeError as error:
        trouble(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8")
    except MappingError as error:
        trouble(f"{path}:{error.line + 1}: {error.what}; {error.remedy}")
    except (ValueError, csv.Error, RecursionError) as error:
        trouble(f"{path}: can't be read ({str(error)[:80]}); correct it")
    return None


def _parsed(text: str, suffix: str) -> object:
    if suffix in {".csv", ".tsv"}:
        return list(
            csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if suffix == ".tsv" else ",")
        )
    return json.loads(text) if suffix == ".json" else load_data(text)
