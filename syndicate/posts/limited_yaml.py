"""YAML read by libyaml under limits: what a hostile author can write costs a line, not the process."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import yaml

from syndicate.posts.flat_yaml import read_flat
from syndicate.posts.mapping import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_VALUES,
    TOO_DEEP,
    Mapping,
    MappingError,
    check_size,
    check_values,
    one_line,
)

#: The limits of a site's data files.
MAX_DATA_VALUES = 200_000
MAX_DATA_BYTES = 4 * 1024 * 1024

T = TypeVar("T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Numbers as YAML 1.2 writes them.
_CORE = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?(?:0b[01]+|0o?[0-7]*|[1-9][0-9]*|0x[0-9a-fA-F]+)$"),
    "tag:yaml.org,2002:float": re.compile(
        r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.(?:inf|Inf|INF))$"
        r"|\.(?:nan|NaN|NAN)$"
    ),
}


class _PlainLoader(_Loader):  # type: ignore[misc] # chosen at run time
    """Timestamps stay text (PyYAML can't read Ruby's ``+0800``), and repeated keys are noted."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own class attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in _Loader.yaml_implicit_resolvers.items()
    }

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """Give the mapping, noting each key that stands in it twice."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in seen:
                    self.repeated.append((key.value, key.start_mark.line))
                seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


class _CoreLoader(_PlainLoader):
    """YAML 1.2 (§10.3.2, core schema): ``yes`` and ``off`` are words, ``12:30`` is no number."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own class attribute
        first: [
            (tag, _CORE.get(tag, pattern))
            for tag, pattern in resolvers
            if tag != "tag:yaml.org,2002:bool" or first in "tTfF"
        ]
        for first, resolvers in _PlainLoader.yaml_implicit_resolvers.items()
    }


def load_mapping(text: str) -> Mapping:
    """Give the mapping that ``text`` holds (an empty text holds an empty one); ``MappingError`` otherwise."""
    return _mapping(text, _PlainLoader)


def load_core_mapping(text: str) -> Mapping:
    """Give the mapping that ``text`` holds as ``load_mapping`` does, by YAML 1.2 instead of 1.1."""
    return _mapping(text, _CoreLoader)


def load_data(text: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Give what ``text`` holds, a list, a mapping or one value; ``MappingError`` when it can't be read."""
    return _guarded(text, _load_any, max_bytes=MAX_DATA_BYTES, max_values=MAX_DATA_VALUES)


def _mapping(text: str, loader: type[_PlainLoader]) -> Mapping:
    # With fewer characters than values are allowed, a plain head stays within every limit.
    flat = read_flat(text, loader.yaml_implicit_resolvers) if len(text) <= MAX_VALUES else None
    if flat is not None:
        return flat

    def load(text: str) -> Mapping:
        return _load(loader(text))

    return check_values(_guarded(text, load, max_bytes=MAX_BYTES, max_values=MAX_VALUES))


def _guarded(text: str, load: Callable[[str], T], *, max_bytes: int, max_values: int) -> T:
    check_size(text, max_bytes=max_bytes)
    try:
        if _deserves_a_census(text):
            _take_census(text, max_values)
        return load(text)
    except yaml.MarkedYAMLError as error:
        raise _explained(error) from error
    except yaml.YAMLError as error:
        raise MappingError(one_line(str(error)), "remove the character") from error
    except RecursionError as error:
        raise MappingError("is nested too deeply", "flatten it") from error
    except (
        ValueError,
        OverflowError,
        TypeError,
    ) as error:  # a scalar that matches a type and is none: 0x_, ".inf"
        raise MappingError(
            f"holds a value that can't be read ({one_line(str(error))})", "quote it"
        ) from error


def _load_any(text: str) -> object:
    loader = _PlainLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _load(loader: _PlainLoader) -> Mapping:
    try:
        node = loader.get_single_node()
        if node is None:
            return Mapping()
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return Mapping()
        if not isinstance(node, yaml.MappingNode):
            raise MappingError(
                'holds no "key: value" pairs', "write one pair a line", line=node.start_mark.line
            )
        lines = {key.value: key.start_mark.line for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
        values = loader.construct_document(node)
        if not isinstance(values, dict):  # a mapping by its looks, tagged as a set
            raise MappingError(
                'holds no "key: value" pairs', "write one pair a line", line=node.start_mark.line
            )
        return Mapping(
            values={str(key): value for key, value in values.items() if isinstance(key, str | int | float)},
            lines=lines,
            repeated=tuple(loader.repeated),
        )
    finally:
        loader.dispose()


def _explained(error: yaml.MarkedYAMLError) -> MappingError:
    mark = error.problem_mark or error.context_mark
    what = one_line(error.problem or error.context or "it is not YAML")
    if "nesting depth" in what:  # libyaml 0.2.6 has a limit of its own, and reads ahead of the census
        return MappingError(TOO_DEEP, "flatten it", line=mark.line if mark else 0)
    return MappingError(
        f"is not valid YAML ({what})",
        "quote values that hold a colon, close quotes, indent with spaces",
        line=mark.line if mark else 0,
    )


def _deserves_a_census(text: str) -> bool:
    # Walking the events costs as much as loading them, and next to no front matter could be too much.
    nested = text.count("[") + text.count("{") > MAX_DEPTH or "- - -" in text or "? ?" in text
    return nested or ("*" in text and "&" in text) or text.count("\n ") > MAX_DEPTH * 4


class _Census:
    """Counts the values of a document as if every alias were written out."""

    def __init__(self) -> None:
        self.total = 0
        self.depth = 0
        self._sizes: dict[str, int] = {}
        self._open: list[tuple[str | None, int]] = []

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events share no useful type
        """Take the next event; ``MappingError`` for an alias of something still open."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._sizes:
                raise MappingError("holds an alias of itself, or of nothing", "remove it")
            self.total += self._sizes[event.anchor]
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open.append((event.anchor, self.total))
            self.total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            self._note(*self._open.pop())
        elif isinstance(event, yaml.ScalarEvent):
            self.total += 1
            self._note(event.anchor, self.total - 1)
        self.depth = len(self._open)

    def _note(self, anchor: str | None, before: int) -> None:
        if anchor:
            self._sizes[anchor] = self.total - before


def _take_census(text: str, max_values: int) -> None:
    """Refuse too deep a nesting, and too many values once aliases are followed."""
    census = _Census()
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line if event.start_mark else 0
        try:
            census.take(event)
        except MappingError as error:
            raise MappingError(error.what, error.remedy, line=line) from error
        if census.depth > MAX_DEPTH:
            raise MappingError(TOO_DEEP, "flatten it", line=line)
        if census.total > max_values:
            raise MappingError(f"holds more than {max_values:,} values", "shorten it", line=line)
