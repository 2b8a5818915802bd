"""A file's head and body.

python-frontmatter is the door. Its traps, each guarded here: a BOM, a list or a scalar as front matter lose
all metadata without a word; the body loses its leading indentation; nobody knows on which line anything
stood; three dashes inside a value end the head; JSON on one line is no head.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from syndicate.errors import PostError
from syndicate.posts import limited_yaml
from syndicate.posts.mapping import Load, Mapping, MappingError
from syndicate.posts.plain import is_unclean

_BLANK_LINES = re.compile(r"(?:[ \t\r]*\n)*")
_BRACE = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}]', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Where a head stands in its file."""

    #: The pairs themselves, without what opens and closes them where that is no part of them.
    starts: int
    ends: int
    #: Behind what closes the head.
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One way to write a head."""

    #: Given the text and where it may begin; ``None`` when no such head begins there, or it isn't closed.
    find: Callable[[str, int], Bounds | None]
    load: Load


def _between(opening: str, closing: str) -> Callable[[str, int], Bounds | None]:
    opens = re.compile(rf"{opening}[ \t\r]*\n")
    closes = re.compile(rf"^(?:{closing})[ \t\r]*(?:\n|\Z)", re.MULTILINE)

    def find(text: str, position: int) -> Bounds | None:
        start = opens.match(text, position)
        end = closes.search(text, start.end()) if start else None
        return Bounds(starts=start.end(), ends=end.start(), closed=end.end()) if start and end else None

    return find


def _in_braces(text: str, position: int) -> Bounds | None:
    if text[position : position + 1] != "{":
        return None
    depth = 0
    for match in _BRACE.finditer(text, position):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return Bounds(starts=position, ends=match.end(), closed=match.end())
    return None


def _toml(text: str) -> Mapping:
    from syndicate.posts.limited_toml import load_mapping

    return load_mapping(text)


def _json(text: str) -> Mapping:
    from syndicate.posts.limited_json import load_mapping

    return load_mapping(text)


#: Closed as in Jekyll's lib/jekyll/document.rb YAML_FRONT_MATTER_REGEXP, without its quadratic backtracking.
YAML = Kind(find=_between("---", r"---|\.\.\."), load=limited_yaml.load_mapping)
#: The same by YAML 1.2, in which ``yes`` is a word.
YAML_CORE = Kind(find=YAML.find, load=limited_yaml.load_core_mapping)
TOML = Kind(find=_between(r"\+\+\+", r"\+\+\+"), load=_toml)
#: The braces are part of it; what follows the last one is the body.
JSON = Kind(find=_in_braces, load=_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Which heads a site's generator reads."""

    kinds: tuple[Kind, ...] = (YAML,)
    #: Whether blank lines may stand before a head.
    after_blank_lines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the head of a file says."""

    values: dict[str, Any]
    #: Line of each key in the file, from 1.
    lines: dict[str, int]
    #: ``path:line: what; what to do``.
    warnings: tuple[str, ...]
    #: Whether the file has a head at all, be it empty.
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file, taken apart."""

    path: str
    head: FrontMatter
    #: As written, without the blank lines between head and text.
    body: str
    #: The body in UTF-8.
    encoded: bytes
    #: Where the body begins in the file, from 1.
    body_line: int
    #: Whether the file holds characters that no document may.
    unclean: bool


_NO_PAIRS = Mapping()


class _Handler(BaseHandler):
    """Hands the head to its kind, and keeps what python-frontmatter would throw away."""

    FM_BOUNDARY = re.compile("")  # the bounds are known already

    def __init__(self, head: str, load: Load) -> None:
        super().__init__()
        self._head = head
        self._load = load
        self.mapping = _NO_PAIRS

    def split(self, text: str) -> tuple[str, str]:
        """Give the head as it stands in the file: ``text`` was stripped on its way here."""
        del text
        return self._head, ""

    def load(self, head: str) -> dict[str, Any]:
        """Give the pairs; ``MappingError`` when there are none."""
        self.mapping = self._load(head)
        return self.mapping.values


_NONE = FrontMatter(values={}, lines={}, warnings=(), present=False)
_ANY_HEAD = Heads()


def read_document(path: str, content: bytes, heads: Heads = _ANY_HEAD) -> Document:
    """Take a file apart; ``PostError`` with the line when its head can't be read."""
    content = content.removeprefix(BOM_UTF8)  # the codec that does both is written in Python
    text = _decoded(path, content)
    unclean = is_unclean(text, encoded=content)
    for kind in heads.kinds:
        bounds = kind.find(text, _after_blank_lines(text, 0) if heads.after_blank_lines else 0)
        if bounds:
            break
    else:
        return Document(path=path, head=_NONE, body=text, encoded=content, body_line=1, unclean=unclean)
    begins = _after_blank_lines(text, bounds.closed)
    return Document(
        path=path,
        head=_head(path, text, bounds, kind.load),
        body=text[begins:],
        encoded=content[len(text[:begins].encode()) :],
        body_line=text.count("\n", 0, begins) + 1,
        unclean=unclean,
    )


def _decoded(path: str, content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PostError(path, f"is not UTF-8 (byte {error.start})", "save it as UTF-8", line=line) from error


def _after_blank_lines(text: str, position: int) -> int:
    blank = _BLANK_LINES.match(text, position)
    return blank.end() if blank else position


def _head(path: str, text: str, bounds: Bounds, load: Load) -> FrontMatter:
    handler = _Handler(text[bounds.starts : bounds.ends], load)
    first = text.count("\n", 0, bounds.starts) + 1
    try:
        frontmatter.parse(text[: bounds.closed], handler=handler)
    except MappingError as error:
        raise PostError(path, f"front matter {error.what}", error.remedy, line=first + error.line) from error
    mapping = handler.mapping
    return FrontMatter(
        values=mapping.values,
        lines={key: first + line for key, line in mapping.lines.items()},
        warnings=tuple(
            f'{path}:{first + line}: "{key}" stands here twice, the last one counts; remove one'
            for key, line in mapping.repeated
        ),
        present=True,
    )
